// Of d3 what the page draws with: scales, axes, shapes, and selections that keep nodes when data change.
export { axisBottom, axisLeft } from 'd3-axis';
export { interpolateRgb } from 'd3-interpolate';
export { scaleLinear, scaleLog } from 'd3-scale';
export { select } from 'd3-selection';
export { area, curveStepAfter, line, symbol, symbolCircle, symbolDiamond, symbolTriangle } from 'd3-shape';
