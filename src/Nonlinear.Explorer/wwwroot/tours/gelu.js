// What lies left of 0. See sigmoid.js for what a tour is.
/** @type {import('@page').Tour} */
export const gelu = {
  name: 'gelu',
  title: ['Why GELU’s tail matters', 'GELU 的尾部为何重要'],
  steps: [
    {
      link: 'f=gelu;relu&show=f,d&at=-2',
      title: ['Left of 0 there is something', '0 的左边并非空无一物'],
      text: [
        'ReLU is 0 left of 0. GELU is small there, but not 0: −0.0455 at x = −2, where its slope is −0.085232. '
        + 'That is its tail.',
        'ReLU 在 0 左边为 0。GELU 在那里很小，但不为 0：x = −2 处为 −0.0455，斜率为 −0.085232。这就是它的尾部。'],
    },
    {
      link: 'tab=learn&points=moons&trained=gelu&trainWidth=8&optimiser=sgd&rate=0.3&steps=200',
      title: ['It keeps units alive', '它让单元活着'],
      text: [
        'Large steps, 0.3, in a network of 16 units: after 200 of them 0 units are dead, and 99.5 % of the points '
        + 'are right. With ReLU the same network loses units: see the tour “Dead ReLUs”.',
        '步子较大（0.3），网络有 16 个单元：200 步后有 0 个死亡，99.5 % 的点判断正确。换成 ReLU，同一网络会失去单元：见导览“死亡的 ReLU”。'],
    },
    {
      link: 'f=gelu;gelu_tanh;quick_gelu&show=f&log=1&from=-10&to=0&at=-5',
      title: ['What stands in for it', '常见的近似'],
      text: [
        'GELU and two approximations that models use in its place. They look alike until a log scale shows the '
        + 'tails: at x = −5 GELU is −1.4333 × 10⁻⁶, the one by tanh −2.2918 × 10⁻⁷, the quick one −0.001007. '
        + 'A model wants the one that it was trained with.',
        'GELU 与两个常代替它的近似。看上去相似，对数刻度才显出尾部的差别：在 x = −5 处，GELU 为 −1.4333 × 10⁻⁶，tanh 近似为 '
        + '−2.2918 × 10⁻⁷，快速近似为 −0.001007。模型应当用训练时所用的那一个。'],
    },
    {
      link: 'tab=numerics&rival=gelu&rivalFrom=-14&rivalTo=2',
      title: ['The formula loses it', '公式会丢掉尾部'],
      text: [
        'Computed in float as it is printed, the formula gives 0 from x = −5.542594 down, for 1 + erf cancels. '
        + 'At −9.78 the true tail is −6.709613e−22, which this library keeps.',
        '按书面公式用 float 计算，从 x = −5.542594 往下结果都是 0，因为 1 + erf 相消了。在 −9.78 处，真正的尾部是 −6.709613e−22，本库保留了它。'],
    },
    {
      link: 'tab=numerics&rival=gelu&rivalOf=d&rivalFrom=-14&rivalTo=2',
      title: ['So does its slope', '斜率也一样'],
      text: [
        'Training needs the slope. By the printed formula it is off by up to 5.2 × 10⁵ ulp in the tail: '
        + 'few of its digits are right. With the kernel it is the nearest float.',
        '训练需要的是斜率。按书面公式，尾部的斜率误差可达 5.2 × 10⁵ ulp：没有几位数字是对的。内核给出的是最接近的 float。'],
    },
    {
      link: 'f=gelu;relu&show=d&log=1&from=-10&to=2&at=-6',
      title: ['How far it reaches', '它能伸多远'],
      text: [
        'The tail is thin: at x = −6 its slope is −3.5469 × 10⁻⁸. A unit pushed that far left is not dead, but it '
        + 'will hardly come back. The tail forgives steps that are too large, not any step.',
        '尾部很薄：在 x = −6 处斜率只有 −3.5469 × 10⁻⁸。被推到那么远的单元没有死，但也很难回来。尾部能容忍偏大的步子，但不是任何步子。'],
    },
  ],
};
