import type { ReportModel } from "../model.ts";
import { chartPictures } from "./charts/picture.ts";
import type { ChartPicture } from "./charts/picture.ts";
import { renderMail } from "./mail.ts";

/** The HTML of a mail, and the pictures that it shows: a long mail leaves out its charts. */
export async function illustratedMail(
  model: ReportModel,
): Promise<{ readonly html: string; readonly pictures: readonly ChartPicture[] }> {
  const drawn = await chartPictures(model);
  const html = renderMail(model, drawn);
  return {
    html,
    pictures: [...drawn.values()].filter(({ contentId }) => html.includes(`"cid:${contentId}"`)),
  };
}
