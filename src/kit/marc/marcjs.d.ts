declare module "marcjs" {
  /** `[tag, value]`, or `[tag, both indicators, code, value, code, value …]`. */
  type Field = readonly string[];
  interface FlatRecord {
    readonly leader: string;
    readonly fields: readonly Field[];
  }
  export const Marc: { format(record: FlatRecord, type: string): string };
  export const Iso2709Parser: { parse(bytes: Uint8Array): FlatRecord };
}
