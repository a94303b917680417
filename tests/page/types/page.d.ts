// What the modules hand to each other, and what the library, compiled from C#, gives to the page: Exports*.cs and
// PageJson.cs.

/** Both languages of a text that comes from C#. */
export interface Text { english: string; chinese: string }

/** Both languages of a text that the page has itself. */
export type Both = [english: string, chinese: string];

export interface Parameter {
  name: string;
  symbol: string;
  default: number;
  from: number;
  to: number;
  integer: boolean;
  meaning: Text;
}

/** A function of the catalogue, or a formula that was typed. */
export interface Entry {
  name: string;
  title: string;
  shape: 'elementwise' | 'vector' | 'pooled' | 'gated';
  family: Text;
  aliases: string[];
  summary: Text;
  parameters: Parameter[];
  from: number;
  to: number;
  own: boolean;
}

/** A formula and what it is of. */
export interface FormulaEntry { name: Text; text: string; mathML: string }

/** Where gates and values lie in one tensor, and how frameworks call the function so. */
export interface GateLayout { layout: Text; name: string; calls: [framework: string, code: string][] }

export interface GateLayoutTable {
  question: Text;
  warning: Text;
  layoutHead: Text;
  callsHead: Text;
  layouts: GateLayout[];
}

export interface Failure {
  kind: string;
  from: number;
  to: number;
  fromText: string;
  toText: string;
  at: string;
  naive: string;
  ours: string;
  ulps: number | null;
}

/** A side of a jump: left and right of x, and whether the value at x is the left one. */
export interface Jump { x: number; left: number; right: number; isLeft: boolean }

/** Points at which functions are drawn together. */
export interface Grid { from: number; to: number; count: number; kinks: number[]; xs: number[] }

export interface Step { link: string; title: Both; text: Both }

export interface Tour { name: string; title: Both; steps: Step[] }

/** A step of a tour, with its number from 1. */
export interface Place { tour: Tour; step: Step; number: number }

/** Attributes of an element; a function listens to the event of that name, and what is null or false is left out. */
export type Attributes = Record<string, string | number | boolean | null | undefined | ((event: any) => void)>;

export type Child = Node | string | number | null | undefined;

/** A value that a control takes; false refuses it. */
export type Input = (value: number) => boolean | void;

export interface Control<V> { element: HTMLElement; show(value: V): void }

/** What a visitor can change, as texts. */
export interface State {
  get(key: string): string;
  number(key: string): number;
  list(key: string): string[];
  default(key: string): string;
  set(changes: Record<string, string | number>): void;
  enter(tour: string): void;
  strays(): boolean;
  refused(): { key: string; text: string }[];
  listen(listener: (changed: Set<string>) => void): void;
  link(): string;
}

/** Updates what is shown; null stands for everything. */
export type Update = (changed: Set<string> | null) => void;

export interface Series { label: string; colour: string; dash?: number[]; width?: number }

/** How a curve looks, or a kind of points. */
export interface Look { colour: string; dash?: number[]; point?: 'circle' | 'triangle' }

/** What a key explains. */
export interface KeyEntry extends Look { label: string }

export interface Mark { series: number; x: number; y: number; open?: boolean; kink?: boolean }

export type Column = ArrayLike<number | null | undefined>;

/** An axis of a chart. */
export interface Axis {
  title: string;
  log?: boolean;
  /** Whether only whole numbers have marks. */
  whole?: boolean;
  /** Where the marks are, if not at round numbers. */
  ticks?: number[];
  write?: (mark: number) => string;
  /** From where to where it goes; by default the values fit. */
  range?: () => [number, number];
}

export type Scale = ScaleLinear<number, number> | ScaleLogarithmic<number, number>;

/** What a chart shows where: its scales give pixels, between which its area lies. */
export interface View { x: Scale; y: Scale; left: number; right: number; top: number; bottom: number }

export type Layer = Selection<SVGGElement, unknown, null, undefined>;

export type Draw = (layer: any, view: View) => void;

/** Numbers row by row, NaN where there is none. */
export interface Table {
  name: string;
  rows: number[][];
  rowName: (row: number) => string;
  /** The number with the strongest colour; by default the largest. */
  reach?: number;
  digits?: number;
}

/** Squares in rows and columns, one of which is chosen. */
export interface Choice {
  rows: number;
  columns: number;
  chosen: [row: number, column: number];
  name: (row: number, column: number) => string;
  choose: (row: number, column: number) => void;
  /** Whether a key means something. */
  key: (key: string) => boolean;
}

/** A plot of a figure that is saved. */
export interface Plot { chart: Chart; name: string; key: KeyEntry[] }

export interface ChartOptions {
  /** For readers. */
  name: string;
  /** In pixels, or as it follows from the width. */
  height: number | ((width: number) => number);
  x: Axis;
  y: Axis;
  series: Series[];
  marks?: () => Mark[];
  /** Draws below the grid. */
  shade?: Draw;
  /** Draws above the curves. */
  over?: Draw;
  /** Draws what can be grasped. */
  grips?: Draw;
  /** What lies below everything. */
  picture?: HTMLCanvasElement;
  onLight?: (series: number | null) => void;
  onRange?: (from: number, to: number) => void;
  /** From where to where the axis of y goes, if somebody has moved it. */
  heights?: () => [number, number] | null;
  /** The axis of y is moved; null lets it fit again. */
  onHeights?: (low: number | null, high?: number) => void;
  onReset?: () => void;
  onRead?: (x: number) => void;
  /** What is shown at a finger: each value with its key. */
  tell?: (x: number) => [Node, string][];
  /** A name that charts with one pointer share. */
  sync?: string;
}

export interface Chart {
  frame: HTMLElement;
  svg: SVGSVGElement;
  view: View;
  options: ChartOptions;
  draw(): void;
  tell(x: number): void;
  show(columns: Column[], from: number, to: number): void;
  light(series: number | null): void;
  destroy(): void;
}

/** The exports of the compiled C#. */
export interface Library {
  Functions(): string;
  Entry(formula: string): string;
  Spellings(): string;
  Spell(text: string): [spelling: string, reason: string];
  Formulas(spelling: string): string;
  Kinks(spellings: string[]): number[];
  Points(from: number, to: number, count: number, kinks: number[]): number[];
  Values(spelling: string, quantity: number, from: number, to: number, count: number, kinks: number[]): number[];
  Jumps(
    spelling: string, quantity: number, values: number[], from: number, to: number, count: number, kinks: number[],
  ): number[];
  At(spellings: string[], quantity: number, x: number): string[];
  Write(value: number): string;
  Csv(
    headings: string[], spellings: string[], quantities: number[],
    from: number, to: number, count: number, kinks: number[],
  ): string;
  CanContest(spelling: string): boolean;
  ContestFormula(spelling: string, side: number): string[];
  StableForm(spelling: string): string;
  Contest(spelling: string, side: number, from: number, to: number, count: number): number[];
  Failures(spelling: string, side: number, from: number, to: number, count: number): string;
  DepthLayout(): number[];
  Depth(spelling: string, layers: number, width: number, uniform: boolean, gain: number, seed: number): number[];
  DepthVerdict(result: number[]): string;
  Vector(spelling: string, inputs: number[], temperature: number): number[];
  JacobianFacts(jacobian: number[], inputs: number): number[];
  ByTemperature(spelling: string, inputs: number[], temperatures: number[]): number[];
  Envelope(slopes: number[], offsets: number[], x: number[]): number[];
  EnvelopeShares(slopes: number[], offsets: number[], from: number, to: number): number[];
  Measured(spelling: string): string;
  AttentionShares(
    logits: number[], keys: number, scale: number, softcap: number, isCausal: boolean, sink: number,
  ): number[];
  AttentionSlopes(
    logits: number[], keys: number, scale: number, softcap: number, isCausal: boolean, sink: number,
    query: number, key: number,
  ): number[];
  AttentionVerdict(
    logits: number[], keys: number, scale: number, softcap: number, isCausal: boolean, sink: number,
    query: number, key: number,
  ): string[];
  GateKinks(spelling: string, isOverGate: boolean): number[];
  GateValues(
    spelling: string, quantity: number, isOverGate: boolean, other: number,
    from: number, to: number, count: number, kinks: number[],
  ): number[];
  GateJumps(
    spelling: string, quantity: number, isOverGate: boolean, other: number, values: number[],
    from: number, to: number, count: number, kinks: number[],
  ): number[];
  GateSurface(spelling: string, quantity: number, from: number, to: number, side: number): number[];
  GateAt(spelling: string, gate: number, value: number): string[];
  GateLayouts(spelling: string): string;
  LearnBegin(
    data: string, layers: number, width: number, spelling: string, adam: boolean, rate: number, seed: number,
  ): number[];
  LearnSwitch(spelling: string): void;
  LearnSteps(steps: number): number[];
  LearnPicture(): number[];
  LearnUnits(): number[];
  LearnWeights(): number[];
  LearnLayout(): number[];
}

import type { ScaleLinear, ScaleLogarithmic } from 'd3-scale';
import type { Selection } from 'd3-selection';
import type { SymbolType } from 'd3-shape';

export type { SymbolType };
