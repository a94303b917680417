// Units that no gradient reaches any more. See sigmoid.js for what a tour is.
/** @type {import('@page').Tour} */
export const relu = {
  name: 'relu',
  title: ['Dead ReLUs', '死亡的 ReLU'],
  steps: [
    {
      link: 'f=relu;leaky_relu&show=f,d&at=-2',
      title: ['No slope, no learning', '没有斜率，就没有学习'],
      text: [
        'Below 0, at x = −2 for one, ReLU is 0, and so is its slope. A unit whose input lies there passes no '
        + 'gradient on, and its weights stay as they are. Leaky ReLU keeps a slope of 0.01.',
        '在 0 以下，例如 x = −2 处，ReLU 为 0，斜率也为 0。输入落在这里的单元不传递梯度，权重保持不变。Leaky ReLU 留有 0.01 的斜率。'],
    },
    {
      link: 'tab=learn&points=moons&trained=relu&trainWidth=8&optimiser=sgd&rate=0.3',
      title: ['Before the first step', '训练之前'],
      text: [
        'A unit is dead if its slope is 0 at every point of the data: being below 0 at some is its job. '
        + 'Of these 16 units the first weights have left 1 dead; it is grey and crossed out.',
        '只有在每个数据点上斜率都为 0，单元才算死亡；在一部分点上低于 0 是它的本职。初始权重下，这 16 个单元中有 1 个死亡，灰色并划去。'],
    },
    {
      link: 'tab=learn&points=moons&trained=relu&trainWidth=8&optimiser=sgd&rate=0.3&steps=200',
      title: ['Large steps kill', '步子太大会致死'],
      text: [
        'After 200 steps at a learning rate of 0.3, 7 of the 16 units are dead and 79 % of the points are right. A '
        + 'large step can push a unit below 0 for all the data, where no gradient reaches its weights any more.',
        '学习率 0.3，训练 200 步：16 个单元中有 7 个死亡，79 % 的点判断正确。一大步就可能把单元推到对全部数据都低于 0，而那里不再有梯度到达它的权重。'],
    },
    {
      link: 'tab=learn&points=moons&trained=relu&trainWidth=8&optimiser=sgd&rate=1&steps=200',
      title: ['A dead network', '死亡的网络'],
      text: [
        'At a learning rate of 1, 13 of the 16 are dead, and 72.5 % of the points are right. In the last step the '
        + 'gradient by the weights was 0 at every layer. Train it on, and see that the units stay dead.',
        '学习率为 1 时，16 个中死了 13 个，72.5 % 的点判断正确。最后一步中，每一层对权重的梯度都是 0。继续训练，可见死去的单元不再回来。'],
    },
    {
      link: 'tab=learn&points=moons&trained=relu&trainWidth=8&optimiser=sgd&rate=0.03&steps=200',
      title: ['Smaller steps', '小一点的步子'],
      text: [
        'At 0.03 no more than 1 of the 16 units is dead after 200 steps, and 92 % of the points are right. '
        + 'It is slower to learn, but what it has it keeps.',
        '学习率 0.03，训练 200 步后 16 个单元中只有 1 个死亡，92 % 的点判断正确。学得慢些，但单元都保住了。'],
    },
    {
      link: 'tab=learn&points=moons&trained=leaky_relu&trainWidth=8&optimiser=sgd&rate=0.3&steps=200',
      title: ['Or a function that cannot die', '或者换一个不会死的函数'],
      text: [
        'Leaky ReLU at the large rate of 0.3: its slope is nowhere 0, so 0 of 16 units are dead, and after 200 '
        + 'steps 99 % of the points '
        + 'are right. These are one set of points and weights; “Other points and weights” draws more.',
        '学习率同为较大的 0.3，换成 Leaky ReLU：斜率处处不为 0，16 个单元中有 0 个死亡，200 步后 99 % 的点判断正确。这只是一组点与权重，按“换一组点与权重”可再试。'],
    },
  ],
};
