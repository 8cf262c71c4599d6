/*
 * On the page of a title in the staff client: whose it is. Asks Koha's own origin, builds its text from nodes (nothing
 * that comes from the catalogue or the daemon is ever read as HTML), and says nothing when there is nothing to say.
 *
 * Letters beyond ASCII are written as escapes: Koha serves the file without saying its encoding.
 */
(function () {
  "use strict";

  const phrases = {
    en: {
      department: "Liaison:",
      unassigned: "no department",
      liaison: "liaison",
      loans: "{n} loans in {y} years",
      loan: "1 loan in {y} years",
      year: "{n} loans in the last year",
      why: "why here?",
      more: "more",
    },
    de: {
      department: "Fachreferat:",
      unassigned: "kein Fach",
      liaison: "Fachreferat",
      loans: "{n} Ausleihen in {y} Jahren",
      loan: "1 Ausleihe in {y} Jahren",
      year: "{n} Ausleihen im letzten Jahr",
      why: "warum hier?",
      more: "mehr",
    },
    fr: {
      department: "Discipline :",
      unassigned: "aucune discipline",
      liaison: "r\u00e9f\u00e9rent",
      loans: "{n} pr\u00eats en {y} ans",
      loan: "1 pr\u00eat en {y} ans",
      year: "{n} pr\u00eats en un an",
      why: "pourquoi ici ?",
      more: "plus",
    },
    es: {
      department: "Departamento:",
      unassigned: "ning\u00fan departamento",
      liaison: "enlace",
      loans: "{n} pr\u00e9stamos en {y} a\u00f1os",
      loan: "1 pr\u00e9stamo en {y} a\u00f1os",
      year: "{n} pr\u00e9stamos en el \u00faltimo a\u00f1o",
      why: "\u00bfpor qu\u00e9 aqu\u00ed?",
      more: "m\u00e1s",
    },
  };
  const words = phrases[(document.documentElement.lang || "en").slice(0, 2)] || phrases.en;

  /** The record that the page shows, or null where it shows none. */
  function recordOf(page) {
    const id = new URLSearchParams(page.location.search).get("biblionumber");
    return id !== null && /^[1-9][0-9]*$/.test(id) ? id : null;
  }

  function element(name, className, ...children) {
    const node = document.createElement(name);
    if (className !== "") node.className = className;
    node.append(...children);
    return node;
  }

  function link(text, href) {
    const node = element("a", "", text);
    node.href = href;
    return node;
  }

  /** "Physics (2/3), Mathematics (1/3)"; a whole department without its fraction. */
  function departmentsText(departments) {
    if (departments.length === 0) return words.unassigned;
    return departments
      .map(({ name, num, den }) => (num === den ? name : `${name} (${String(num)}/${String(den)})`))
      .join(", ");
  }

  /** Each liaison once, also of several departments. */
  function liaisonNodes(departments) {
    const people = new Map();
    for (const { liaisons } of departments) {
      for (const person of liaisons) people.set(`${person.name}\n${person.mail || ""}`, person);
    }
    return [...people.values()].flatMap(({ name, mail }, index) => [
      index === 0 ? ` \u00b7 ${words.liaison} ` : ", ",
      mail ? link(name, `mailto:${encodeURIComponent(mail).replace(/%40/g, "@")}`) : name,
    ]);
  }

  function loansText({ loans, loan_years: years }) {
    if (typeof loans !== "number" || typeof years !== "number") return "";
    const phrase = years === 1 ? words.year : loans === 1 ? words.loan : words.loans;
    return ` \u00b7 ${phrase.replace("{n}", loans.toLocaleString(document.documentElement.lang || "en")).replace("{y}", String(years))}`;
  }

  function whyNodes({ why, url }) {
    const isPage = typeof url === "string" && /^https?:\/\//.test(url);
    if (!why) return isPage ? [" \u00b7 ", link(words.why, url)] : [];
    const reason = element("p", "liaison-why", why);
    if (isPage) reason.append(" ", link(words.more, url));
    return [" \u00b7 ", element("details", "", element("summary", "", words.why), reason)];
  }

  /** As the other lines of the record are, under them. */
  function show(panel) {
    const place =
      document.querySelector("#catalogue_detail_biblio .page-section") ||
      document.getElementById("catalogue_detail_biblio");
    if (place === null || document.getElementById("liaison_panel") !== null) return;
    const line = element(
      "div",
      "results_summary liaison-panel",
      element("span", "label", words.department),
      " ",
      departmentsText(panel.departments),
      ...liaisonNodes(panel.departments),
      loansText(panel),
      ...whyNodes(panel),
    );
    line.id = "liaison_panel";
    place.append(line);
  }

  async function start() {
    const id = recordOf(document);
    if (document.body.id !== "catalog_detail" || id === null) return;
    try {
      const response = await fetch(`/api/v1/contrib/liaison/biblios/${id}/panel`, {
        headers: { Accept: "application/json" },
        credentials: "same-origin",
      });
      if (response.ok) show(await response.json());
    } catch {
      // The panel is an extra: a page of Koha works the same without it.
    }
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
