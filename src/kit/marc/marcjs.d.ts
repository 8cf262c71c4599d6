declare module "marcjs" {
  /** `[tag, value]`, or `[tag, both indicators, code, value, code, value …]`. */
  type Field = readonly string[];
  export const Marc: {
    format(record: { readonly leader: string; readonly fields: readonly Field[] }, type: string): string;
  };
}
