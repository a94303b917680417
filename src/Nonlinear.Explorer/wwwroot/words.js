// Every word of the page that does not come from the catalogue or the guide, in its two languages.
/** @type {Record<string, import('@page').Both>} */
const words = {
  skip: ['Skip to the content', '跳到正文'],
  explorer: ['explorer', '探索器'],
  panels: ['Panels', '面板'],
  loading: ['Loading the library …', '正在加载本库……'],
  failed: ['The library could not be started.', '本库无法启动。'],
  failedBecause: ['The browser says:', '浏览器的说明：'],
  noWebAssembly: ['This browser has no WebAssembly, or it is switched off.', '此浏览器没有 WebAssembly，或已将其关闭。'],
  toGuide: ['The guide shows all functions without it.', '指南无需它也能展示全部函数。'],
  guide: ['Guide', '指南'],

  explore: ['Explore', '探索'],
  understand: ['Understand', '理解'],
  numerics: ['Numerics', '数值'],
  depth: ['Depth', '深度'],
  softmax: ['Softmax', 'Softmax'],
  maxout: ['Maxout', 'Maxout'],
  gates: ['Gates', '门控'],
  attention: ['Attention', '注意力'],
  learn: ['Learn', '学习'],

  unknownNames: ['The link asks for what is no function here: {0}.', '链接中的以下名称在此不是函数：{0}。'],
  unknownValues: [
    'The link asks for what cannot be shown: {0}. Shown instead is what is usual.',
    '链接中的以下设置无法显示：{0}；改用默认设置。'],

  tours: ['Tours', '导览'],
  guidedTours: ['Guided tours', '导览'],
  toursLead: [
    'Each takes a few minutes. The figures stay live: drag, point and choose as you like on the way.',
    '每个几分钟。图始终可以操作：途中可随意拖动、指点、选择。'],
  stepOf: ['Step {0} of {1}', '第 {0} 步，共 {1} 步'],
  stepsInAll: ['{0} steps', '共 {0} 步'],
  back: ['Back', '上一步'],
  next: ['Next', '下一步'],
  finish: ['Finish', '完成'],
  leaveTour: ['End tour', '退出导览'],
  close: ['Close', '关闭'],
  again: ['Show this step again', '重新显示这一步'],

  language: ['中文', 'English'],
  theme: ['Dark or light', '深色或浅色'],
  share: ['Copy link', '复制链接'],
  copied: ['Copied', '已复制'],
  copy: ['Copy', '复制'],

  functions: ['Functions', '函数'],
  search: ['Search by name or alias', '按名称或别名搜索'],
  searchShort: ['Search', '搜索'],
  nothingFound: ['No function has such a name.', '没有这样的函数名。'],

  ownFormula: ['A formula of your own, with letters as parameters: max(x, a*x)', '你自己的公式，字母为参数：max(x, a*x)'],
  measuredOwn: ['Measured properties', '实测性质'],

  function: ['Function', '函数'],
  quantities: ['What is drawn', '绘制内容'],
  q_f: ['f', 'f'],
  q_d: ['f′', 'f′'],
  q_c: ['f″', 'f″'],
  q_g: ['∂f/∂θ', '∂f/∂θ'],
  q_h: ['f′, as often written', 'f′ 的常见写法'],
  f: ['Function f(x)', '函数 f(x)'],
  d: ['Derivative f′(x)', '导数 f′(x)'],
  c: ['Curvature f″(x)', '曲率 f″(x)'],
  h: ['Derivative f′(x), as it is often written', '导数 f′(x)，常见写法'],
  g: ['Gradient by the parameter, ∂f/∂θ', '对参数的梯度 ∂f/∂θ'],
  logScale: ['log scale', '对数刻度'],
  logNote: ['magnitudes, on a logarithmic axis', '绝对值，对数轴'],
  from: ['from', '从'],
  to: ['to', '到'],
  zoomIn: ['Zoom in', '放大'],
  zoomOut: ['Zoom out', '缩小'],
  resetZoom: ['Reset zoom', '还原'],
  play: ['Play', '播放'],
  pause: ['Pause', '暂停'],
  tangent: ['Tangent', '切线'],
  tangentOf: ['Tangent of {0}', '{0} 的切线'],
  slopeAt: ['slope {0}', '斜率 {0}'],
  legend: ['Which curve is which', '图例'],
  moreTabs: ['More panels', '更多面板'],
  save: ['Save as', '保存为'],
  chartHelp: [
    'Point at a chart to read values; drag across it to zoom, with Shift to move, double-click to reset. The '
    + 'numbers of either axis can be dragged, and the wheel zooms it. With a chart in focus: ← and → move the '
    + 'reading, with Shift the view; ↑ and ↓ move the axis of y, with Shift they zoom it; + and − zoom, 0 resets.',
    '将指针移到图上可读取数值；拖动可放大，按住 Shift 拖动可平移，双击还原。拖动坐标轴的数字可移动该轴，滚轮可缩放。'
    + '图获得焦点时：← → 移动读数，按住 Shift 移动视图；↑ ↓ 移动 y 轴，按住 Shift 缩放 y 轴；+ 与 − 缩放，0 还原。'],
  readings: ['Values at the pointer', '指针处的数值'],
  reading: ['Value at x =', '取值处 x ='],
  hover: ['Point at a chart to read values.', '将指针移到图上以读取数值。'],
  nothingShown: ['Choose a function from the list.', '请从列表中选择函数。'],
  remove: ['Remove', '移除'],
  resetParameters: ['Defaults', '默认值'],
  anotherOne: ['Add a variant', '添加变体'],
  more: ['More about it', '了解更多'],

  formulas: ['Formulas', '公式'],
  inCSharp: ['In C#', '在 C# 中'],
  measuring: [
    'Waiting for the guide, which is written while this page is served; it takes a minute or two.',
    '正在等待指南：它在本页提供服务时写成，需一两分钟。'],
  noGuide: [
    'The guide is not on this host. Write it with the tool: nonlinear explore --output FOLDER.',
    '此主机上没有指南。请用工具写出：nonlinear explore --output 文件夹。',
  ],
  wholeGuide: ['This page in the guide', '指南中的此页'],
  atDefaults: ['What follows is the guide’s: said and measured at the defaults, {0}.', '以下内容来自指南：均按默认参数（{0}）叙述与测量。'],
  noParameters: ['What follows is the guide’s.', '以下内容来自指南。'],
  saidOfDefaults: [
    'This is said of the default, {0}. What holds at {1} is measured below.',
    '以上描述针对默认参数（{0}）。{1} 时的性质见下方实测。'],
  measuredHere: ['Measured at {0}', '{0} 时的实测性质'],
  measuringHere: ['Measuring …', '正在测量……'],
  values: ['Values', '取值'],
  valuesNote: [
    'Computed in double precision. At a kink the derivative is that of one of its sides; at ±∞ it is the limit, NaN '
    + 'where there is none.',
    '以双精度计算。在折点处导数取其中一侧的斜率；在 ±∞ 处取极限，无极限则为 NaN。'],

  textbook: ['The formula as printed, in float', '按书面公式计算（float）'],
  kernel: ['This library', '本库'],
  fastTier: ['Its fast tier', '本库的快速档'],
  truth: ['True value', '真值'],
  errorInUlps: ['Error in ulps (spacings of floats)', '误差（ulp，即 float 间距）'],
  numericsLead: [
    'The formula below as it is printed, computed step by step in float, against this library’s float kernel. Both '
    + 'are judged by the kernel for doubles. Rounding alone costs up to half an ulp; ten million mean that no digit '
    + 'is right.',
    '按下方公式用 float 逐步计算，与本库的 float 内核对比；两者都以 double 内核为准。仅舍入就可达半个 ulp；一千万意味着没有一位数字正确。'],
  where: ['{0}, where {1}', '{0}，其中 {1}'],
  famous: ['Well-known failures', '著名的失败'],
  famousGelu: ['GELU’s tail', 'GELU 的尾部'],
  famousMish: ['log(1 + eˣ) in Mish', 'Mish 中的 log(1 + eˣ)'],
  famousSoftmax: ['The naive softmax', '朴素的 softmax'],
  famousSigmoid: ['Sigmoid far below 0', '远低于 0 的 sigmoid'],
  famousSlope: ['The sigmoid’s slope, σ(1 − σ)', 'sigmoid 的导数 σ(1 − σ)'],
  famousTanh: ['tanh as a quotient', '写成商的 tanh'],
  famousElu: ['eˣ − 1 near 0', '0 附近的 eˣ − 1'],
  ofTwo: [
    '{0} for the inputs (x, x − 1). Both inputs move together: but for the rounding of x − 1 nothing should change.',
    '{0}，输入为 (x, x − 1)。两个输入同步移动：除 x − 1 的舍入外，结果不应改变。',
  ],
  nothingFails: [
    'At the {0} points drawn the formula is off by {1} ulp at most.',
    '在所绘的 {0} 个点上，该公式的误差至多 {1} ulp。'],
  k_nan: ['becomes NaN', '变为 NaN'],
  k_overflow: ['overflows to infinity', '溢出为无穷大'],
  k_flush: ['is flushed to 0', '被清为 0'],
  k_sign: ['has the wrong sign', '符号错误'],
  k_digits: ['is off by more than 1000 ulp, up to {0}', '误差超过 1000 ulp，最大 {0}'],
  failure: ['From x = {0} to {1} the formula {2}.', '从 x = {0} 到 {1}，该公式{2}。'],
  failureHereAndThere: [
    'Between x = {0} and {1} the formula, from point to point, {2}.',
    '在 x = {0} 与 {1} 之间，该公式在一些点上{2}。'],
  failureExample: ['At {0} it gives {1}; this library gives {2}.', '在 {0} 处它给出 {1}；本库给出 {2}。'],
  stableForm: [
    'Written as {0} it does not fail: this library is then off by {1} ulp at most, at the {2} points drawn.',
    '写成 {0} 则不会失败：在所绘的 {2} 个点上，本库的误差至多 {1} ulp。'],
  tryIt: ['Try it', '试试'],
  failures: ['Where the formula fails', '该公式在哪里失败'],

  depthLead: [
    'Signals go up through layers of random weights, a gradient comes down. '
    + 'The weights stay the same while you drag, so every change you see is the slider’s doing.',
    '信号向上穿过随机权重的各层，梯度向下返回。拖动时权重保持不变，因此所见的变化都来自滑块。'],
  layers: ['Layers', '层数'],
  width: ['Width', '宽度'],
  initialisation: ['Initialisation', '初始化'],
  lecun: ['LeCun normal, σ = 1/√n', 'LeCun 正态，σ = 1/√n'],
  he: ['He normal, σ = √(2/n)', 'He 正态，σ = √(2/n)'],
  xavier: ['Xavier uniform, σ = 1/√n', 'Xavier 均匀，σ = 1/√n'],
  gain: ['Gain', '增益'],
  anotherDraw: ['Other weights', '换一组权重'],
  activations: ['Activations by layer', '各层激活值'],
  gradients: ['Gradients by layer, powers of ten', '各层梯度（10 的幂）'],
  sizes: ['Size by layer', '各层大小'],
  deviation: ['Deviation of the activations', '激活值的标准差'],
  gradientSize: ['Size of the gradient', '梯度大小'],
  layer: ['Layer', '层'],
  size: ['Size', '大小'],
  activation: ['Activation', '激活值'],
  depthOf: ['{0}: {1} layers of {2}, {3}, gain {4}', '{0}：{1} 层，每层 {2} 个单元，{3}，增益 {4}'],
  gradientLeft: ['Gradient left at the first layer', '第一层剩余的梯度'],
  signalLeft: ['Mean ± deviation after the last layer', '最后一层的均值 ± 标准差'],
  saturatedShare: ['Saturated: slope below 1 % of the largest', '饱和：斜率低于最大值的 1 %'],
  deadShare: ['Dead here: 0 and flat on all {0} samples', '此处死亡：对全部 {0} 个样本输出 0 且斜率 0'],
  v_vanishes: [
    'The gradient vanishes: at the first layer it has {0} times the size it set out with.',
    '梯度消失：到第一层时，大小是出发时的 {0} 倍。'],
  v_shrinks: [
    'The gradient shrinks: at the first layer it has {0} times the size it set out with.',
    '梯度减弱：到第一层时，大小是出发时的 {0} 倍。'],
  v_balanced: [
    'The gradient keeps its size within a factor of two: at the first layer it has {0} times the size it set out with.',
    '梯度大小的变化不超过两倍：到第一层时，是出发时的 {0} 倍。'],
  v_grows: [
    'The gradient grows: at the first layer it has {0} times the size it set out with.',
    '梯度增大：到第一层时，大小是出发时的 {0} 倍。'],
  v_explodes: [
    'The gradient explodes: at the first layer it has {0} times the size it set out with.',
    '梯度爆炸：到第一层时，大小是出发时的 {0} 倍。'],
  v_none: ['The gradient is gone: from layer {0} down it is 0.', '梯度全无：从第 {0} 层往下为 0。'],
  v_gradientOverflow: [
    'The gradient overflows: from layer {0} down it is beyond what a float can hold.',
    '梯度溢出：从第 {0} 层往下超出 float 的范围。'],
  v_dead: ['The signal is dead: from layer {0} on every output is 0.', '信号已死：从第 {0} 层起，所有输出都是 0。'],
  v_constant: [
    'The signal is constant: the outputs of the last layer are {0}, with a deviation below a millionth of that.',
    '信号恒定：最后一层的输出为 {0}，标准差低于其百万分之一。'],
  v_overflow: [
    'The signal overflows: from layer {0} on it is beyond what a float can hold.',
    '信号溢出：从第 {0} 层起超出 float 的范围。'],

  softmaxLead: [
    'Drag an input and see which outputs answer. The temperature divides all inputs.',
    '拖动一个输入，看哪些输出随之变化。全部输入都除以温度。',
  ],
  inputs: ['Inputs', '输入'],
  outputs: ['Outputs', '输出'],
  input: ['Input', '输入'],
  temperature: ['Temperature', '温度'],
  addInput: ['Add an input', '添加输入'],
  removeInput: ['Remove the last', '移除最后一个'],
  shiftUp: ['All + 1', '全部 + 1'],
  shiftDown: ['All − 1', '全部 − 1'],
  jacobian: ['Jacobian ∂yᵢ/∂xⱼ', 'Jacobi 矩阵 ∂yᵢ/∂xⱼ'],
  jacobianNote: [
    'How output i answers when input j grows.',
    '输入 j 增大时输出 i 的变化。',
  ],
  rowsCancel: ['Each row sums to 0: the same added to all inputs changes no output.', '每行之和为 0：全部输入加同一个数，输出不变。'],
  rowsDoNot: ['Rows sum to up to {0}.', '各行之和最大为 {0}。'],
  columnsCancel: ['Each column sums to 0: what one output gains the others lose.', '每列之和为 0：一个输出增加多少，其他就减少多少。'],
  columnsDoNot: ['Columns sum to up to {0}.', '各列之和最大为 {0}。'],
  allAnswer: ['Every output answers to every input.', '每个输出都随每个输入变化。'],
  noneAnswers: ['No output answers to a small change: every slope is 0.', '微小变化不影响任何输出：所有斜率为 0。'],
  someAnswer: ['{0} of the {1} slopes are not 0.', '{1} 个斜率中有 {0} 个不为 0。'],
  sum: ['Sum', '和'],
  softmaxOf: ['{0} of ({1}), temperature {2}', '{0}，输入 ({1})，温度 {2}'],
  byTemperature: ['Outputs by temperature', '输出随温度的变化'],

  attentionLead: [
    'Each query shares itself out among the keys: softmax along its row of logits, scaled, bounded and masked as '
    + 'attention does. Choose a square, change its logit, and see which shares answer.',
    '每个查询把自己分给各个键：对它那一行 logit 做 softmax，并像注意力那样缩放、限幅、加掩码。选一个方格，改变它的 logit，看哪些份额随之变化。'],
  logits: ['Logits', 'Logit'],
  shares: ['Shares', '份额'],
  queries: ['Queries', '查询'],
  keys: ['Keys', '键'],
  query: ['query {0}', '查询 {0}'],
  logitOf: ['query {0}, key {1}: logit {2}', '查询 {0}、键 {1}：logit {2}'],
  logitAt: ['Logit {0}', 'Logit {0}'],
  scale: ['Scale', '缩放'],
  scaleNote: ['Usually 1/√(size of a head).', '通常为 1/√（每个头的维数）。'],
  causal: ['Causal mask', '因果掩码'],
  cap: ['Soft cap', '软上限'],
  sink: ['Sink', '汇点'],
  sinkNote: [
    'An extra logit that takes its share; at 0 it is softmax off by one.',
    '额外的一个 logit，占去自己的份额；为 0 时即“加一 softmax”。'],
  addToken: ['Add a query and a key', '添加查询与键'],
  slopesOfShare: ['∂{0}/∂logit', '∂{0}/∂logit'],
  slopesTitle: ['How share {0} answers to each logit', '份额 {0} 对每个 logit 的响应'],
  attentionHelp: [
    'Press a square, or move among the squares by the arrow keys; + and − change its logit.',
    '点按一个方格，或用方向键在方格间移动；按 + 与 − 改变它的 logit。'],
  shareOf: ['Share {0}', '份额 {0}'],
  sumOf: ['Sum of the keys’ shares of query {0}', '查询 {0} 各键份额之和'],
  sinkOf: ['Share of its sink', '其汇点的份额'],
  ownSlope: ['Slope by its own logit', '对自身 logit 的斜率'],
  attentionOf: ['Attention softmax, {0}', '注意力 softmax，{0}'],
  a_sink: [
    'Query {0} attends to little: its sink takes {1} %.',
    '查询 {0} 几乎不关注任何键：汇点占去 {1} %。'],
  a_single: ['Query {0} sees one key alone, whose share is {1} %.', '查询 {0} 只看到一个键，其份额为 {1} %。'],
  a_one: [
    'Query {0} attends to one key: its shares count as {1} equal ones.',
    '查询 {0} 只关注一个键：其份额相当于 {1} 个均等的份额。'],
  a_some: [
    'Query {0} attends to some keys more than to others: its shares count as {1} equal ones.',
    '查询 {0} 对一些键的关注多于其他键：其份额相当于 {1} 个均等的份额。'],
  a_uniform: [
    'Query {0} attends to all keys alike: its shares count as {1} equal ones.',
    '查询 {0} 对所有键一视同仁：其份额相当于 {1} 个均等的份额。'],
  s_masked: [
    'Share {0} is masked: it is 0 and no logit moves it.',
    '份额 {0} 被掩去：它为 0，任何 logit 都不能改变它。'],
  s_flat: [
    'Hardly any gradient passes share {0}: its largest slope is {1} % of the largest that a share can have.',
    '几乎没有梯度通过份额 {0}：其最大斜率仅为份额可能的最大斜率的 {1} %。'],
  s_passes: [
    'A gradient passes share {0}: its largest slope is {1} % of the largest that a share can have.',
    '梯度可以通过份额 {0}：其最大斜率为份额可能的最大斜率的 {1} %。'],

  maxoutLead: [
    'Drag a line to move it, its dot to turn it. Maxout keeps the highest line at every x: a convex shape of as '
    + 'many straight pieces at most.',
    '拖动直线可平移，拖动圆点可旋转。Maxout 在每个 x 处保留最高的直线：得到凸形，直段数不超过直线数。',
  ],
  piece: ['Piece', '分片'],
  slope: ['slope', '斜率'],
  offset: ['offset', '截距'],
  addPiece: ['Add a piece', '添加分片'],
  removePiece: ['Remove the last', '移除最后一个'],
  presets: ['Known shapes', '已知形状'],
  envelope: ['Envelope', '包络'],
  wins: ['highest on {0} % from {1} to {2}', '在 {1} 到 {2} 的 {0} % 上最高'],

  gatesLead: [
    'A gated unit lets a value pass as far as a gate is open: one output for two numbers. Drag the point over the '
    + 'surface; the curves are what lies on its two lines.',
    '门控单元按门开启的程度放行一个值：两个数得一个输出。在曲面上拖动圆点；曲线即其两条直线上的取值。',
  ],
  gateFunction: ['Gate of your own', '自选门函数'],
  asNamed: ['as the name says', '按名称'],
  gate: ['Gate', '门'],
  value: ['Value', '值'],
  gate_y: ['Output y', '输出 y'],
  gate_g: ['∂y/∂gate', '∂y/∂门'],
  gate_v: ['∂y/∂value', '∂y/∂值'],
  surfaceShows: ['Surface', '曲面'],
  gateSurface: ['Over gate and value', '门与值之上'],
  gateScale: ['from −{0} (orange) through 0 (paper) to {0} (blue)', '从 −{0}（橙）经 0（底色）到 {0}（蓝）'],
  gatesHelp: [
    'Press anywhere, or drag the point; the sliders move it too.',
    '点按任意处，或拖动圆点；滑块同样可移动它。'],
  overGate: ['Over the gate', '随门的变化'],
  overValue: ['Over the value', '随值的变化'],
  overGateAt: ['Over the gate, with the value {0}', '随门的变化，值为 {0}'],
  overValueAt: ['Over the value, with the gate {0}', '随值的变化，门为 {0}'],
  gatesOf: ['{0}, through gate {1} and value {2}', '{0}，过门 {1}、值 {2}'],
  nobody: ['nobody that is known here', '此处未知有谁'],

  learnLead: [
    'A small network learns to tell two kinds of points apart, by this library’s own arithmetic: the same settings '
    + 'give the same weights, bit for bit, in every browser and in .NET. Put another function behind its layers while '
    + 'it learns.',
    '小网络学习区分两类点，全部计算由本库完成：相同的设置在任何浏览器和 .NET 中都得到逐位相同的权重。训练途中也可以换用别的激活函数。'],
  points: ['Points', '数据点'],
  p_circles: ['Circles', '同心圆'],
  p_moons: ['Moons', '双月'],
  p_spirals: ['Spirals', '螺旋'],
  p_xor: ['Opposite corners (xor)', '对角（异或）'],
  p_clouds: ['Two clouds', '两团点'],
  hiddenLayers: ['Hidden layers', '隐藏层数'],
  unitsOfEach: ['Units of each', '每层单元数'],
  optimiser: ['Optimiser', '优化器'],
  sgd: ['SGD with momentum 0.9', 'SGD，动量 0.9'],
  rate: ['Learning rate', '学习率'],
  pace: ['Steps a frame', '每帧步数'],
  train: ['Train', '训练'],
  oneStep: ['One step', '单步'],
  restart: ['Start anew', '重新开始'],
  otherDraw: ['Other points and weights', '换一组点与权重'],
  surface: ['What the network says where', '网络在各处的判断'],
  surfaceName: [
    'The plane, coloured by what the network takes each place for; {0} % of the points are right.',
    '平面按网络的判断着色；{0} % 的点判断正确。'],
  learnOf: [
    '{0}, {1}: {2} layers of {3}, {4}, learning rate {5}, after {6} steps',
    '{0}，{1}：{2} 层，每层 {3} 个单元，{4}，学习率 {5}，{6} 步之后'],
  kindA: ['First kind', '第一类'],
  kindB: ['Second kind', '第二类'],
  unitsTitle: ['What each unit answers over the same plane', '各单元在同一平面上的响应'],
  unitsNote: [
    'Orange is above 0, blue below. Grey and crossed out is dead: its slope is 0 at every point, so that no '
    + 'gradient reaches it.',
    '橙色大于 0，蓝色小于 0。灰色并划去的单元已死亡：在每个点上斜率都为 0，梯度到不了它。'],
  unitName: ['Layer {0}, unit {1}; flat at {2} % of the points', '第 {0} 层第 {1} 单元；在 {2} % 的点上斜率为 0'],
  deadUnit: ['Layer {0}, unit {1}: dead, its slope is 0 at every point', '第 {0} 层第 {1} 单元：已死亡，在每个点上斜率都为 0'],
  gradientSizes: ['Size of the gradient by the weights, from 10⁻⁸ to 1', '对权重的梯度大小（从 10⁻⁸ 到 1）'],
  outputLayer: ['Output', '输出层'],
  lossByStep: ['Loss by step', '损失随步数的变化'],
  steps: ['Steps', '步数'],
  loss: ['Loss', '损失'],
  rightShare: ['Points that are right', '判断正确的点'],
  deadUnits: ['Dead units', '死亡单元'],
  l_fresh: ['It has learned nothing yet.', '尚未开始学习。'],
  l_running: ['It is learning.', '正在学习。'],
  l_rests: [
    'After {0} steps {1} % of the points are right; {2} of {3} units are dead.',
    '{0} 步后，{1} % 的点判断正确；{3} 个单元中有 {2} 个已死亡。'],
  l_diverged: [
    'Training has diverged: after step {0} the loss is no number any more. Start anew with a smaller learning rate.',
    '训练已发散：第 {0} 步之后损失不再是数。请减小学习率重新开始。'],
};

/** 0 for English, 1 for Chinese. */
export const place = () => document.documentElement.lang.startsWith('zh') ? 1 : 0;

/**
 * A word or sentence in the page's language, with values in its places {0}, {1}, …
 * @param {string} key
 * @param {...(string | number)} values
 */
export function t(key, ...values) {
  return words[key][place()].replace(/\{(\d)\}/g, (_, i) => String(values[i]));
}

/**
 * A text that stands elsewhere as [English, Chinese], in the page's language.
 * @param {import('@page').Both} both
 */
export const said = both => both[place()];

/**
 * A text of the catalogue in the page's language.
 * @param {import('@page').Text} both
 */
export const text = both => place() === 1 ? both.chinese : both.english;

/** Puts words into all elements that name one. */
export function translate(root) {
  for (const element of root.querySelectorAll('[data-t]'))
    element.textContent = t(element.dataset.t);
  for (const element of root.querySelectorAll('[data-t-label]'))
    element.setAttribute('aria-label', t(element.dataset.tLabel));
}

/** Switches the language and remembers it. */
export function speak(language) {
  document.documentElement.lang = language === 'zh' ? 'zh-Hans' : 'en';
  remember('lang', language);
  translate(document);
}

export function remember(key, value) {
  try {
    localStorage.setItem(`nonlinear.${key}`, value);
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}
