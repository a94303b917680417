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
  shape: 'elementwise' | 'vector' | 'pooled';
  family: Text;
  aliases: string[];
  summary: Text;
  parameters: Parameter[];
  from: number;
  to: number;
  own: boolean;
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

export interface Mark { series: number; x: number; y: number; open?: boolean; kink?: boolean }

export type Column = ArrayLike<number | null | undefined>;

/** A plot of a figure that is saved. */
export interface Plot {
  title: string;
  from: number;
  to: number;
  low: number;
  high: number;
  log: boolean;
  xs: ArrayLike<number>;
  series: (Series & { ys: Column })[];
  marks: Mark[];
}

export interface ChartOptions {
  /** For readers. */
  name: string;
  height: number;
  log?: boolean;
  xLabel?: string;
  wholeX?: boolean;
  series: Series[];
  marks?: () => Mark[];
  yRange?: () => [number, number];
  /** Draws below the curves. */
  shade?: (u: uPlot, context: CanvasRenderingContext2D) => void;
  /** Draws on top. */
  over?: (u: uPlot, context: CanvasRenderingContext2D) => void;
  onLight?: (series: number | null) => void;
  onRange?: (from: number, to: number) => void;
  onReset?: () => void;
  onRead?: (x: number) => void;
  /** What is shown at a finger: each value with its key. */
  tell?: (x: number) => [Node, string][];
  /** A key that charts with one pointer share. */
  sync?: string;
  /** Whether the curve at the pointer is lit. */
  lights?: boolean;
}

export interface Chart {
  frame: HTMLElement;
  plot: uPlot;
  point(x: number): void;
  tell(x: number): void;
  show(columns: Column[], from: number, to: number): void;
  height(): { low: number; high: number };
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

import type uPlot from 'uplot';
