import type { Translation } from "../translation.ts";

/** Sentences of the annual assessment, of statistics and of figures of any measure, in French. */
export const annual: Translation = {
  "section.text": "La discipline",
  "section.holdings": "Fonds et accroissement",
  "section.profile": "Profil du fonds",
  "section.use-years": "L’usage sur cinq ans",
  "section.concentration": "Ce qui circule et ce qui dort",
  "section.purchases": "Acquisitions",
  "section.unmet-demand": "Ce qui n’a pu être satisfait",
  "section.open-access": "Accès ouvert",
  "section.overlap": "À côté d’autres bibliothèques",
  "section.recommendations": "Recommandations",
  "section.method": "Méthode et qualité des données",

  "measures-named": "Indicateurs : {ids}.",
  "years-flows": "La même période sur cinq ans, jusqu’au {day}",
  "years-mixed": "À la fin de chaque année et pendant celle-ci, jusqu’au {day}",
  "holdings-none": "Aucun fonds.",
  "holdings-past":
    "Les années antérieures sont comptées d’après ce que le catalogue sait encore : les exemplaires supprimés avant la première lecture y manquent.",
  "profile-caption":
    "Exemplaires à la fin de la période, utilisations et prêts entre bibliothèques pendant celle-ci, les plus grandes classes d’abord",
  "profile-note":
    "100 % signifie : la part de la classe dans les utilisations de la bibliothèque égale sa part des exemplaires. Un tiret marque les classes qui ont trop peu d’exemplaires pour un tel chiffre.",
  "use-none": "Aucune utilisation n’est enregistrée.",
  "season-caption": "Usage par mois de l’année : 1 est le mois moyen, sur toutes les années entières",
  "season-alt":
    "Usage par mois de l’année, au plus haut {high} en {highMonth}, au plus bas {low} en {lowMonth}.",
  "none-waiting": "aucune n’attend",
  "none-bought": "aucun achat",
  "none-matched": "aucun titre trouvé dans la liste",
  "bought-in": "de ce qui est arrivé pendant : {period}",
  "bought-caption": "Ce qui est arrivé pendant la période, par budget",
  "no-fund": "Sans budget",
  "beside-library": "{what} ({name})",
  "overlap-remark": "{matched} titres sur {titles} trouvés dans la liste du {day}",
  "recommend-where":
    "Rien n’est encore écrit. Le texte se met dans recommendations/{file}, sous le titre « {heading} ».",
  "recommended-before": "Écrit pour {period} :",
  "method-missing": "Aucune source ne fournit : {what}.",
  "method-not-counted":
    "L’enseignement, la recherche et la conservation ne sont pas comptés : ce qu’ils demandent au fonds relève des recommandations.",
  "definitions-caption": "Ce que signifient les chiffres de ce rapport",
  "column.period": "Période",
  "column.measure": "Chiffre",
  "column.definition": "Définition",
  "column.id": "Indicateur",

  "label.use-gini": "Inégalité de l’usage (0 tous égaux, 1 un seul a tout)",
  "label.use-half-life": "Âge de la moitié de ce qui est utilisé",
  "label.shelf-time-cutoff": "Mois de repos qui couvrent 96 % de l’usage",
  "label.subject-evenness": "Régularité de la répartition entre classes (1 est parfaite)",
  "label.demand-mismatch": "Écart entre fonds et usage (0 aucun, 1 total)",
  "label.overdue-orders": "Commandes ouvertes depuis plus de 90 jours",
  "label.holds-per-copy": "Lecteurs en attente par exemplaire",
  "label.suggestion-decision-days": "De la suggestion à la réponse",
  "label.suggestion-oldest-open-days": "La plus ancienne suggestion attend",
  "label.open-access-title-share": "Titres ouverts, parmi ceux dont on le sait",
  "label.unique-share": "Titres qu’aucune autre bibliothèque ne possède",
  "label.overlap-share": "Titres que d’autres possèdent aussi",
  "label.relative-use": "L’usage au regard de la taille",
  "label.fund-balance": "Argent des budgets",
  "label.fund-pace": "Rythme des budgets",

  "count-of": "{part} sur {whole}",
  points: "{sign}{points} points",
  "in-years": "{count, plural, one {{text} an} many {{text} ans} other {{text} ans}}",
  "in-months": "{count, plural, one {{text} mois} many {{text} mois} other {{text} mois}}",
  "in-days": "{count, plural, one {{text} jour} many {{text} jours} other {{text} jours}}",
  "none-held": "aucun fonds",
  "none-used": "aucune utilisation",
  "none-lendable": "aucun exemplaire à prêter",
  "none-decided": "aucune n’est encore tranchée",
  "too-few-years":
    "demande trois années entières de prêts ; {years, plural, =0 {aucune n’est enregistrée} one {# est enregistrée} many {# sont enregistrées} other {# sont enregistrées}}",
  "too-few-counts": "trop peu pour un chiffre : {part} sur {whole}",
  "too-few-words": "trop peu pour un chiffre",
  "no-source": "aucune source ne fournit {what}",
  "unknown-here": "inconnu pour cette période",
  "word.buy-more": "acheter davantage",
  "word.well-matched": "bien adapté",
  "word.refresh": "renouveler",
  "word.quiet": "calme",
  "word.in-balance": "en équilibre",
  "label.titles-held": "Titres",
  "label.items-held": "Exemplaires",
  "label.circulating-items": "Exemplaires à prêter",
  "label.items-withdrawn": "Exemplaires retirés",
  "label.net-growth-rate": "Accroissement du fonds",
  "label.copies-per-title": "Exemplaires par titre",
  "label.missing-share": "Perdus ou manquants",
  "label.collection-value": "Coût de remplacement",
  "label.median-publication-year": "La moitié est parue en, ou après",
  "label.total-use": "Utilisations",
  "label.renewals": "Prolongations",
  "label.turnover": "Utilisations par exemplaire",
  "label.use-change": "Évolution de l’usage",
  "label.percent-expected-use": "Usage, rapporté à celui qu’on attend",
  "label.demand-quadrant": "La demande face au fonds",
  "label.ill-requests": "Prêts entre bibliothèques",
  "label.ill-holdings-ratio": "Prêts entre bibliothèques, rapportés à ceux qu’on attend",
  "label.use-concentration-80": "Part des exemplaires qui fait 80 % de l’usage",
  "label.unused-share": "Exemplaires sans usage pendant ce temps",
  "label.dead-stock-share": "Exemplaires sans usage depuis 10 ans",
  "label.mean-price": "Prix d’un exemplaire",
  "label.first-year-use-share": "Utilisés dans l’année de leur arrivée",
  "label.order-lag-days": "De la commande à l’arrivée",
  "label.cost-per-use-print": "Coût d’une utilisation à ce jour, des achats",
  "label.electronic-requests": "Consultations de ressources électroniques",
  "label.open-access-use-share": "Accès ouvert, dans les consultations",
  "label.electronic-unused-share": "Titres électroniques que personne n’a ouverts",
  "label.cost-per-use-electronic": "Coût d’un article ouvert",
  "label.turnaways": "Refus d’accès",
  "label.denial-rate": "Tentatives refusées",
  "label.classified-share": "Exemplaires dont la cote se classe",
  "label.assigned-share": "Fonds dont quelqu’un a la charge",
  "label.data-coverage": "Jours dont les prêts sont complets",
  "label.seasonality": "Saison",
  "label.suggestion-acceptance-rate": "Suggestions acceptées",
  "label.hold-fill-rate": "Réservations satisfaites",
  "of-library": "{percent} des {count} de la bibliothèque",
  "beside-peers":
    "la moitié de {departments, plural, one {# autre discipline} many {# autres disciplines} other {# autres disciplines}} qui en ont assez en a {middle} ou moins",
  "stream.usage": "rapports d’usage",
  "stream.e-titles": "listes de titres électroniques",
  "stream.package-costs": "coûts des bouquets",
  "stream.hold-counts": "issue des réservations",

  "definition.titles-held":
    "Notices créées et non supprimées avant la fin de la période, ressources électroniques cataloguées comprises (ISO 2789).",
  "definition.items-held":
    "Exemplaires acquis, ni supprimés ni retirés, avant la fin de la période ; perdus et exclus du prêt compris (ISO 2789).",
  "definition.circulating-items": "Parmi eux, ceux qui ne sont ni perdus ni exclus du prêt.",
  "definition.items-added": "Exemplaires acquis pendant la période, même repartis depuis.",
  "definition.items-withdrawn":
    "Exemplaires supprimés ou retirés pendant la période ; un exemplaire perdu n’est pas parti.",
  "definition.net-growth-rate": "Entrées moins sorties, en pourcentage du fonds au début.",
  "definition.copies-per-title": "Exemplaires divisés par les titres qui en ont au moins un.",
  "definition.missing-share": "Exemplaires perdus ou manquants, en pourcentage du fonds.",
  "definition.collection-value": "Somme des prix de remplacement ; les exemplaires sans prix n’y sont pas.",
  "definition.median-publication-year": "La moitié des exemplaires datés est parue cette année-là ou après.",
  "definition.recent-share":
    "Exemplaires parus dans les dix dernières années, en pourcentage des exemplaires datés.",
  "definition.classified-share":
    "Exemplaires dont la cote peut être mise en ordre de rayon, en pourcentage du fonds.",
  "definition.assigned-share":
    "Exemplaires qui relèvent d’au moins une discipline, en pourcentage de tous ; pour toute la bibliothèque.",
  "definition.data-coverage":
    "Jours dont les prêts sont complets, en pourcentage des jours de la période ; pour toute la bibliothèque.",
  "definition.subject-evenness":
    "Entropie de Shannon des titres entre les classes, divisée par son maximum (Pielou 1966).",
  "definition.demand-mismatch":
    "Demi-somme des écarts entre la part d’une classe dans les exemplaires et sa part des utilisations (indice de dissimilarité).",
  "definition.unique-share": "Titres sans autre détenteur, en pourcentage de ceux trouvés dans la liste.",
  "definition.overlap-share":
    "Titres qui ont d’autres détenteurs, en pourcentage de ceux trouvés dans la liste.",
  "definition.open-access-title-share":
    "Titres ouverts, en pourcentage de ceux qu’on sait ouverts ou restreints.",
  "definition.checkouts":
    "Premiers prêts aux lecteurs pendant la période (ISO 2789) ; les prolongations sont à part.",
  "definition.renewals":
    "Prolongations pendant la période ; hors des utilisations, sauf si la bibliothèque les y compte.",
  "definition.in-house-uses":
    "Exemplaires enregistrés au moment de leur remise en rayon, ce qui en compte trop peu.",
  "definition.total-use":
    "Prêts, consultations sur place et prêts en salle de lecture, pour autant qu’ils sont enregistrés.",
  "definition.turnover":
    "Utilisations de la période, divisées par les exemplaires à prêter à sa fin (ISO 11620).",
  "definition.unused-share":
    "Exemplaires à prêter pendant toute la période et sans usage, en pourcentage de tous ceux-là (ISO 11620).",
  "definition.dead-stock-share":
    "Exemplaires présents depuis plus de dix ans et sans usage dans les dix derniers, en pourcentage de tous les aussi anciens (Kent 1979).",
  "definition.relative-use":
    "Part des utilisations de la bibliothèque, divisée par la part de ses exemplaires (Bonn 1974).",
  "definition.percent-expected-use":
    "Part des utilisations de la bibliothèque, en pourcentage de la part de ses exemplaires (Mills 1981) : 100 % est ce que la taille laisse attendre.",
  "definition.use-concentration-80":
    "La plus petite part des exemplaires qui fait 80 % des utilisations (Trueswell 1969).",
  "definition.use-gini": "Coefficient de Gini des utilisations des exemplaires, inutilisés compris.",
  "definition.use-half-life":
    "Âge médian de ce qui est utilisé, en années depuis l’acquisition, pondéré par l’usage (Line & Sandison 1974).",
  "definition.shelf-time-cutoff":
    "Mois écoulés depuis l’usage précédent, que 96 % des utilisations ne dépassent pas (Trueswell 1965).",
  "definition.first-year-use-share":
    "Exemplaires utilisés dans le mois de leur acquisition ou les onze suivants, en pourcentage de ceux dont les douze mois sont écoulés (Kent 1979).",
  "definition.use-change":
    "Évolution par rapport à la même période un an avant ; les petits écarts sont du hasard et comptent pour rien.",
  "definition.seasonality":
    "Utilisations d’un mois de l’année, fois douze, divisées par celles des années entières.",
  "definition.holds-per-copy":
    "Réservations en cours, divisées par les exemplaires à prêter et commandés des titres réservés.",
  "definition.hold-fill-rate":
    "Réservations satisfaites, en pourcentage des satisfaites, annulées ou expirées.",
  "definition.ill-requests":
    "Prêts entre bibliothèques demandés pendant la période, hors annulations (ISO 2789).",
  "definition.ill-holdings-ratio":
    "Part des prêts entre bibliothèques, divisée par la part des exemplaires (Aguilar 1986).",
  "definition.demand-quadrant":
    "Usage attendu et prêts entre bibliothèques au regard de la taille, forts au-dessus de 1,2 et faibles sous 0,8, en un mot (d’après Aguilar).",
  "definition.turnaways":
    "Accès refusés faute de licence, ou parce que trop de personnes lisaient (COUNTER).",
  "definition.denial-rate": "Refus d’accès, en pourcentage des refus et consultations des mêmes plateformes.",
  "definition.suggestions-received": "Suggestions d’achat des lecteurs pendant la période.",
  "definition.suggestion-acceptance-rate":
    "Suggestions acceptées, commandées ou achetées, en pourcentage de celles qui sont tranchées.",
  "definition.suggestion-decision-days": "Médiane des jours entre la suggestion et la décision.",
  "definition.suggestion-oldest-open-days": "Jours d’attente de la plus ancienne suggestion non tranchée.",
  "definition.fund-balance":
    "Alloué, moins ce qui est dépensé pour les exemplaires reçus et engagé pour les commandés, comme compte la page des budgets de Koha.",
  "definition.fund-pace": "Part dépensée ou engagée de l’allocation, divisée par la part écoulée de l’année.",
  "definition.mean-price": "Prix des exemplaires reçus pendant la période, divisé par leur nombre.",
  "definition.order-lag-days":
    "Médiane des jours entre la commande et l’arrivée, pour ce qui est reçu pendant la période.",
  "definition.overdue-orders": "Commandes de plus de 90 jours qui ne sont pas arrivées en entier.",
  "definition.cost-per-use-print":
    "Prix des exemplaires d’une année, divisé par leurs utilisations depuis ; il baisse avec le temps.",
  "definition.electronic-requests":
    "Consultations de ressources électroniques, d’un seul indicateur COUNTER (Total Item Requests).",
  "definition.open-access-use-share": "Consultations de contenu ouvert, en pourcentage de toutes (COUNTER).",
  "definition.electronic-unused-share":
    "Titres électroniques sans consultation, en pourcentage de ceux des plateformes qui rendent compte.",
  "definition.cost-per-use-electronic":
    "Coût des mois couverts par un rapport, divisé par leurs Unique Item Requests ; un mois sans rapport ne compte d’aucun côté.",
  "definition.use-forecast":
    "Niveau des douze derniers mois fois la saison, avec un intervalle qui vaut quatre fois sur cinq.",
  "definition.audience-share": "Prêts par groupe de lecteurs ; les petits groupes sont masqués.",
  "definition.copies-to-buy": "Exemplaires qui ramènent la file sous la limite fixée par la bibliothèque.",
  "definition.supply-demand-gap":
    "Part des utilisations moins part des exemplaires, en points (Mostyn 1974).",
  "definition.bradford-zones":
    "Titres par usage décroissant, en trois groupes qui font chacun un tiers de l’usage (Bradford 1934).",
  "definition.estimated-time-on-loan":
    "Prêts fois les jours habituels d’un prêt, en pourcentage des jours de présence ; une estimation.",

  // National statistics
  "section.statistics": "Statistiques",
  "statistics-form": "Lignes de {form}",
  "statistics-counts": "Du {from} au {to}",
  "statistics-money": "Dépenses, du {from} au {to}",
  "statistics-blank":
    "0 signifie qu’il n’y en a pas. Ce qui n’a pas de source, ou ne s’applique pas, reste vide. Rien de cela n’est envoyé de soi-même.",
  "column.line": "Ligne",
  "column.what": "Ce que demande le formulaire",
  "column.value": "Valeur",
  "column.counted": "Comment c’est compté",
  "column.left-out": "Ce qui manque",
  "sum-of-lines": "Somme des lignes {lines}.",
  "spent-all":
    "Prix de ce qui a été reçu pendant la période, de tous les budgets, sans port ni corrections de factures.",
  "spent-funds":
    "Prix de ce qui a été reçu pendant la période, des budgets {funds}, sans port ni corrections de factures.",
  "only-where": "Seulement {by} : {codes}.",
  "only-with": "{name} : {value}.",
  "no-funds-of-class": "Aucun budget n’est nommé pour la classe de dépenses « {class} ».",
  "line-no-source": "Aucune source ne le fournit.",
  "line-unknown": "Inconnu pour cette période.",
  "line-coverage": "Les données sont complètes pour {percent} des jours.",
  "line-blank": "Sans les lignes {lines}, qui sont vides.",
  "no-code": "sans code",
  "in-no-line": "Dans aucune ligne, {measure} par {by} : {parts}.",
  "ipeds-survey": "Un exercice de douze mois terminé avant le 1er octobre : il relève de l’enquête {survey}.",
  "ipeds-no-year":
    "IPEDS demande un exercice de douze mois terminé avant le 1er octobre ; cette période n’en est pas un. Son dernier jour relèverait de l’enquête {survey}.",
  "label.e-titles-held": "Titres électroniques",
  "definition.e-titles-held":
    "Titres électroniques des bouquets de la bibliothèque tels qu’ils sont listés maintenant, chacun une fois.",
};
