// A tour is data: for each step a link, which says what the page shows, and words in two languages. Every number in
// the words is one that the page then shows; a browser test compares them.
/** @type {import('@page').Tour} */
export const sigmoid = {
  name: 'sigmoid',
  title: ['Why does my sigmoid network not learn?', '为什么我的 sigmoid 网络学不动？'],
  steps: [
    {
      link: 'f=sigmoid;tanh;relu&show=f,d&at=0',
      title: ['The slope of the sigmoid', 'Sigmoid 的斜率'],
      text: [
        'Learning goes by slopes. The lower chart draws them: at x = 0 the sigmoid has its greatest slope, 0.25. '
        + 'That of tanh is 1 there, and ReLU has 1 everywhere above 0.',
        '学习依靠斜率，下图画的就是斜率：sigmoid 的斜率在 x = 0 处最大，为 0.25；tanh 在此处为 1，ReLU 在 0 以上处处为 1。'],
    },
    {
      link: 'f=sigmoid&show=d&log=1&from=-16&to=16&at=-10',
      title: ['Away from 0 it fades', '离 0 越远越小'],
      text: [
        'The same slope on a log scale: two straight lines, so each step away from 0 divides it by about the same '
        + 'factor. At x = −10 it is 4.5396 × 10⁻⁵.',
        '对数刻度下的同一斜率近似两条直线：每远离 0 一步，斜率大致除以同一倍数。在 x = −10 处只有 4.5396 × 10⁻⁵。'],
    },
    {
      link: 'tab=depth&stack=sigmoid&layers=12&init=lecun',
      title: ['Layers multiply slopes', '层层相乘'],
      text: [
        'On its way down, a gradient is multiplied by a slope at each of these 12 layers. Only 1.16 × 10⁻⁷ of it is '
        + 'left at the first. Drag the layers, and see the histograms of the gradients walk away to the left.',
        '梯度向下返回时，在这 12 层的每一层都要乘以斜率，到第一层只剩 1.16 × 10⁻⁷。拖动层数，看梯度的直方图向左移走。'],
    },
    {
      link: 'tab=depth&stack=relu&layers=12&init=he&width=256',
      title: ['The same depth with ReLU', '换成 ReLU，深度不变'],
      text: [
        'ReLU with He’s initialisation hands the gradient down through 12 layers in about the size it came: 0.858 of '
        + 'it is left. So keep the sigmoid for the output, and put another function between the layers.',
        'ReLU 配合 He 初始化，梯度穿过 12 层后大小几乎不变，剩下 0.858 倍。所以，sigmoid 留给输出层，各层之间用别的函数。'],
    },
    {
      link: 'tab=learn&points=circles&trained=sigmoid&trainLayers=5&optimiser=sgd&rate=0.1&steps=200',
      title: ['A network that does not learn', '学不动的网络'],
      text: [
        '5 hidden layers of sigmoids after 200 steps: 50 % of the points are right, as by tossing a coin. The '
        + 'gradient at the first layer is 9.9 × 10⁻⁶, at the output 0.11.',
        '5 个 sigmoid 隐藏层，训练 200 步后：50 % 的点判断正确，与抛硬币无异。第一层的梯度为 9.9 × 10⁻⁶，输出层为 0.11。'],
    },
    {
      link: 'tab=learn&points=circles&trained=tanh&trainLayers=5&optimiser=sgd&rate=0.1&steps=200',
      title: ['One word changed', '只换一个词'],
      text: [
        'The same network with tanh has learned by step 200: 97 % of the points are right. '
        + 'Go on by yourself: other points, fewer layers, another function.',
        '同一网络换成 tanh，到第 200 步已经学会：97 % 的点判断正确。接着自己试：换数据点、减少层数、换别的函数。'],
    },
  ],
};
