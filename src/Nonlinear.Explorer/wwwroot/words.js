// Every word of the page that does not come from the catalogue or the guide, in its two languages.
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

  language: ['中文', 'English'],
  theme: ['Dark or light', '深色或浅色'],
  share: ['Copy link', '复制链接'],
  copied: ['Copied', '已复制'],
  copy: ['Copy', '复制'],

  functions: ['Functions', '函数'],
  search: ['Search by name or alias', '按名称或别名搜索'],
  searchShort: ['Search', '搜索'],
  nothingFound: ['No function has such a name.', '没有这样的函数名。'],
  bounded: ['Bounded on both sides', '两侧有界'],
  turning: ['Smooth with a dip', '平滑且有浅谷'],
  rising: ['Rising without bound', '单调且无上界'],
  vector: ['Of several inputs', '多个输入'],

  function: ['Function', '函数'],
  quantities: ['What is drawn', '绘制内容'],
  q_f: ['f', 'f'],
  q_d: ['f′', 'f′'],
  q_c: ['f″', 'f″'],
  q_g: ['∂f/∂θ', '∂f/∂θ'],
  f: ['Function f(x)', '函数 f(x)'],
  d: ['Derivative f′(x)', '导数 f′(x)'],
  c: ['Curvature f″(x)', '曲率 f″(x)'],
  g: ['Gradient by the parameter, ∂f/∂θ', '对参数的梯度 ∂f/∂θ'],
  logScale: ['log scale', '对数刻度'],
  logNote: ['magnitudes, on a logarithmic axis', '绝对值，对数轴'],
  from: ['from', '从'],
  to: ['to', '到'],
  zoomIn: ['Zoom in', '放大'],
  zoomOut: ['Zoom out', '缩小'],
  resetZoom: ['Reset zoom', '还原'],
  save: ['Save as', '保存为'],
  chartHelp: [
    'Point at a chart to read exact values; drag across it to zoom, double-click to reset. '
    + 'With a chart in focus: arrow keys move the reading, with Shift the view; + and − zoom, 0 resets.',
    '将指针移到图上可读取精确值；拖动可放大，双击还原。图获得焦点时：方向键移动读数，按住 Shift 移动视图；+ 与 − 缩放，0 还原。'],
  readings: ['Exact values at the pointer', '指针处的精确值'],
  reading: ['Value at x =', '取值处 x ='],
  hover: ['Point at a chart to read exact values.', '将指针移到图上以读取精确值。'],
  nothingShown: ['Choose a function from the list.', '请从列表中选择函数。'],
  remove: ['Remove', '移除'],
  resetParameters: ['Defaults', '默认值'],
  anotherOne: ['Add a variant', '添加变体'],
  more: ['More about it', '了解更多'],

  formulas: ['Formulas', '公式'],
  inCSharp: ['In C#', '在 C# 中'],
  measuring: ['The guide is being measured on this machine; it appears here in a few seconds.', '正在本机测量指南内容，几秒后显示在此。'],
  noGuide: [
    'The guide is not on this host. Write it with the tool: nonlinear explore --output FOLDER.',
    '此主机上没有指南。请用工具写出：nonlinear explore --output 文件夹。',
  ],
  wholeGuide: ['This page in the guide', '指南中的此页'],
  atDefaults: ['Measured at the default parameters.', '按默认参数测得。'],

  textbook: ['The textbook formula, in float', '教科书公式（float）'],
  kernel: ['This library', '本库'],
  fastTier: ['Its fast tier', '本库的快速档'],
  truth: ['True value', '真值'],
  errorInUlps: ['Error in ulps (spacings of floats)', '误差（ulp，即 float 间距）'],
  numericsLead: [
    'The formula as it is printed, computed step by step in float, against this library’s float kernel. '
    + 'Both are judged by the kernel for doubles. Half an ulp is the best possible; ten million mean that no digit is right.',
    '按书上公式用 float 逐步计算，与本库的 float 内核对比；两者都以 double 内核为准。半个 ulp 是可能的最好结果；一千万意味着没有一位数字正确。'],
  famous: ['Well-known failures', '著名的失败'],
  famousGelu: ['GELU’s tail', 'GELU 的尾部'],
  famousMish: ['log(1 + eˣ) in Mish', 'Mish 中的 log(1 + eˣ)'],
  famousSoftmax: ['The naive softmax', '朴素的 softmax'],
  famousSigmoid: ['Sigmoid far below 0', '远低于 0 的 sigmoid'],
  famousSlope: ['The sigmoid’s slope, σ(1 − σ)', 'sigmoid 的导数 σ(1 − σ)'],
  famousTanh: ['tanh as a quotient', '写成商的 tanh'],
  famousElu: ['eˣ − 1 near 0', '0 附近的 eˣ − 1'],
  ofTwo: [
    'First output for the inputs (x, x − 1). Both move together, so it should not change at all.',
    '输入 (x, x − 1) 的第一个输出。两者同步移动，结果本不该改变。',
  ],
  nothingFails: ['Here the textbook formula keeps at least four digits.', '在此范围内，教科书公式至少保留四位数字。'],
  k_nan: ['becomes NaN', '变为 NaN'],
  k_overflow: ['overflows to infinity', '溢出为无穷大'],
  k_flush: ['is flushed to 0', '被清为 0'],
  k_sign: ['has the wrong sign', '符号错误'],
  k_digits: ['has lost all but three digits', '只剩不到四位有效数字'],
  failure: ['From x = {0} to {1} the formula {2}.', '从 x = {0} 到 {1}，该公式{2}。'],
  failureExample: ['At {0} it gives {1}; this library gives {2}.', '在 {0} 处它给出 {1}；本库给出 {2}。'],
  failures: ['Where the textbook formula fails', '教科书公式在哪里失败'],

  depthLead: [
    'Signals go up through layers of random weights, a gradient comes down. '
    + 'The weights stay the same while you drag, so every change you see is the slider’s doing.',
    '信号向上穿过随机权重的各层，梯度向下返回。拖动时权重保持不变，因此所见的变化都来自滑块。'],
  layers: ['Layers', '层数'],
  width: ['Width', '宽度'],
  initialisation: ['Initialisation', '初始化'],
  lecun: ['LeCun normal, deviation 1/√n', 'LeCun 正态，标准差 1/√n'],
  he: ['He normal, deviation √(2/n)', 'He 正态，标准差 √(2/n)'],
  xavier: ['Xavier uniform, deviation 1/√n', 'Xavier 均匀，标准差 1/√n'],
  gain: ['Gain', '增益'],
  anotherDraw: ['Other weights', '换一组权重'],
  activations: ['Activations by layer', '各层激活值'],
  gradients: ['Gradients by layer, powers of ten', '各层梯度（10 的幂）'],
  sizes: ['Size by layer', '各层大小'],
  deviation: ['deviation of the activations', '激活值的标准差'],
  gradientSize: ['size of the gradient', '梯度大小'],
  layer: ['layer', '层'],
  gradientLeft: ['Gradient left at the first layer', '第一层剩余的梯度'],
  signalLeft: ['Mean ± deviation after the last layer', '最后一层的均值 ± 标准差'],
  saturatedShare: ['Saturated slopes', '饱和的斜率'],
  deadShare: ['Dead here: silent on all {0} samples', '此处死亡：对全部 {0} 个样本沉默'],
  v_vanishes: ['The gradient vanishes: the first layers learn nothing.', '梯度消失：前面的层学不到东西。'],
  v_shrinks: ['The gradient shrinks: the first layers learn slowly.', '梯度减弱：前面的层学得慢。'],
  v_explodes: ['The gradient explodes: a step at the first layers is unpredictable.', '梯度爆炸：前面的层每一步都不可预测。'],
  v_balanced: ['The gradient arrives in about the size it set out with.', '梯度到达时大小与出发时相近。'],
  v_dead: ['The signal is dead: nothing reaches the last layer.', '信号已死：没有任何东西到达最后一层。'],

  softmaxLead: [
    'Drag the inputs: every output moves, because they share one sum. The temperature divides all inputs.',
    '拖动输入：所有输出都会变化，因为它们共用一个和。温度除以全部输入。',
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
    'How output i answers when input j grows. Rows sum to 0 for softmax: a gain of one is the loss of the others.',
    '输入 j 增大时输出 i 的变化。对 softmax 每行之和为 0：一个增大必使其他减小。',
  ],
  sum: ['Sum', '和'],
  byTemperature: ['Outputs by temperature', '输出随温度的变化'],

  maxoutLead: [
    'Drag a line to move it, its dot to turn it. Maxout keeps the highest line at every x: any convex shape of straight pieces.',
    '拖动直线可平移，拖动圆点可旋转。Maxout 在每个 x 处保留最高的直线：可成为任意分段线性的凸形。',
  ],
  piece: ['Piece', '分片'],
  slope: ['slope', '斜率'],
  offset: ['offset', '截距'],
  addPiece: ['Add a piece', '添加分片'],
  removePiece: ['Remove the last', '移除最后一个'],
  presets: ['Known shapes', '已知形状'],
  envelope: ['Envelope', '包络'],
  wins: ['wins on {0} % of the axis', '在 {0} % 的轴上获胜'],
};

/** 0 for English, 1 for Chinese. */
export const place = () => document.documentElement.lang.startsWith('zh') ? 1 : 0;

/** A word or sentence in the page's language, with values in its places {0}, {1}, … */
export function t(key, ...values) {
  return words[key][place()].replace(/\{(\d)\}/g, (_, i) => values[i]);
}

/** A text of the catalogue in the page's language. */
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
