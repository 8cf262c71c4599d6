/** Control characters have no place in MARC text and none in XML: they become U+FFFD, so that their place is seen. */
import type { Problem } from "../../domain/problem.ts";

// Tab, LF and CR are legal in XML and occur in wrapped notes; everything else below blank is not, nor are U+FFFE/F.
const controls = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;
const anyControl = new RegExp(controls.source);

export const controlWarning: Problem = {
  code: "control-character",
  what: "control characters in the text were replaced by U+FFFD",
};

export function hasControls(text: string): boolean {
  return anyControl.test(text);
}

export function withoutControls(text: string): string {
  return text.replace(controls, "\ufffd");
}
