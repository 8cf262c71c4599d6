/** A chart as marks on a plane: what the renderers for pages, pictures and PDF draw alike. Units are CSS pixels. */

/** Which series a mark belongs to: told by fill, outline or dashes, never by colour alone. */
type Tone = 0 | 1 | 2 | 3 | 4;

export type Mark =
  | {
      readonly kind: "bar";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly tone: Tone;
    }
  | { readonly kind: "line"; readonly points: readonly (readonly [number, number])[]; readonly tone: Tone }
  | { readonly kind: "dot"; readonly x: number; readonly y: number; readonly tone: Tone }
  /** A fine line from side to side. */
  | { readonly kind: "rule"; readonly x: number; readonly y: number; readonly width: number }
  | {
      readonly kind: "text";
      readonly x: number;
      /** Of the base line. */
      readonly y: number;
      readonly anchor: "start" | "middle" | "end";
      readonly role: "value" | "label";
      readonly text: string;
    };

export interface Scene {
  readonly width: number;
  readonly height: number;
  readonly marks: readonly Mark[];
}

/** Height of the texts in a scene. */
export const textSize = 11;

/** For the n-th of several series. */
export function toneOf(n: number): Tone {
  return ([0, 1, 2, 3, 4] as const)[n] ?? 4;
}

/** Two decimals at most, so that the same chart is the same bytes everywhere. */
export function rounded(value: number): number {
  return Math.round(value * 100) / 100;
}
