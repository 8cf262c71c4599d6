/** What can be wrong with a site or a page of it, each with its cure on WordPress' side. */
import { StopError } from "../../src/domain/problem.ts";
import type { Problem } from "../../src/domain/problem.ts";

export function mustBeSite(site: string, why: string): StopError {
  return new StopError({
    code: "WORDPRESS_NOT_FOUND",
    what: "this address does not answer as WordPress does",
    where: site,
    why,
    cure: "write url as the site's home page has it; its REST interface (/wp-json/) must not be blocked or lie behind a login page",
  });
}

export function noPasswords(site: string): StopError {
  return new StopError({
    code: "WORDPRESS_NO_APPLICATION_PASSWORDS",
    what: "this site has no application passwords",
    where: site,
    why: "WordPress offers them over HTTPS alone, and plugins can turn them off",
    cure: "write url with https:, or see that WordPress knows that it is reached by HTTPS; look for a security plugin that turns them off",
  });
}

export function loginRefused(site: string, user: string, code: string): StopError {
  return new StopError({
    code: "WORDPRESS_LOGIN",
    what: `WordPress does not accept the application password of "${user}"`,
    where: site,
    why: code,
    cure: "make a new one on the user's profile page, under Application Passwords, and put it where auth.password says; if it is right, the web server drops the Authorization header",
  });
}

export function rightMissing(site: string, user: string, why: string): StopError {
  return new StopError({
    code: "WORDPRESS_RIGHT",
    what: `the user "${user}" may not do this`,
    where: site,
    why,
    cure: "give the user the role Editor",
  });
}

const takeOver = 'or overwrite it with "liaison outbox retry ID --take-over"';

export function editedByHand(title: string, link: string, at: string): Problem {
  return {
    code: "WORDPRESS_EDITED",
    what: `somebody has edited our block of "${title}", last on ${at.replace("T", " ")} UTC; it is left as it is`,
    where: link,
    cure: `write around the block, not in it, and restore ours from the page's revisions, ${takeOver}`,
  };
}

export function blockRemoved(title: string, link: string): Problem {
  return {
    code: "WORDPRESS_BLOCK_REMOVED",
    what: `somebody has taken our block out of "${title}"; the page is left as it is`,
    where: link,
    cure: 'put the block back with "liaison outbox retry ID --take-over", or give the page up with "liaison outbox withdraw ID"',
  };
}

export function pageBinned(title: string, link: string): Problem {
  return {
    code: "WORDPRESS_BINNED",
    what: `somebody has put "${title}" into the bin`,
    where: link,
    cure: 'restore it in WordPress, bring it back with "liaison outbox retry ID --take-over", or give it up with "liaison outbox withdraw ID"',
  };
}

export function pageDeleted(title: string, site: string): Problem {
  return {
    code: "WORDPRESS_DELETED",
    what: `somebody has deleted "${title}" for good`,
    where: site,
    cure: 'make it anew with "liaison outbox retry ID --take-over", or give it up with "liaison outbox withdraw ID"',
  };
}

export function slugTaken(slug: string, link: string): Problem {
  return {
    code: "WORDPRESS_SLUG_TAKEN",
    what: `the site has a page "${slug}" that is not ours`,
    where: link,
    cure: 'rename that page, set slugPrefix, or let our block be added to it with "liaison outbox retry ID --take-over"',
  };
}
