/**
 * The class letters in use. LCC: Library of Congress Classification Outline (closed JX included, since catalogues
 * still hold it). NLM: the classes of the NLM Classification, which LCC leaves free.
 */
const lccByFirstLetter: Readonly<Record<string, string>> = {
  A: "C E G I M N P S Y Z",
  B: "- C D F H J L M P Q R S T V X",
  C: "- B C D E J N R S T",
  D: "- A AW B C D E F G H J JK K L P Q R S T U X",
  E: "-",
  F: "-",
  G: "- A B C E F N R T V",
  H: "- A B C D E F G J M N Q S T V X",
  J: "- A C F J K L N Q S V X Z",
  K: `- B BM BP BR BS BT BU D DC DE DG DK DZ E EA EB EM EN EO EP EQ ES EY EZ F FA FC FD FF FG FH FI FK FL FM FN FO
    FP FR FS FT FU FV FW FX FZ G GA GB GC GD GE GF GG GH GJ GK GL GM GN GP GQ GR GS GT GU GV GW GX GY GZ H HA HC HD
    HF HH HK HL HM HN HP HQ HS HU HW IA IB IC ID IE IF IG IH II IJ IK IL IM IN IP IQ IR IS IT IU IV IW IX J JA JC JE
    JF JG JH JJ JK JM JN JP JQ JR JS JT JV JW K KA KB KC KE KF KG KH KI KJ KK KL KM KN KP KQ KR KS KT KV KW KX KY KZ
    L LA LB LD LE LF LH LM LN LP LQ LR LS LT LV LW M MC ME MF MG MH MJ MK ML MM MN MP MQ MS MT MU MV MX MY N NC ND NE
    NF NG NH NK NL NM NN NP NQ NR NS NT NU NV NW NX NY PA PC PE PF PG PH PJ PK PL PM PP PS PT PV PW Q QC QE QG QH QJ
    QK QM QP QT QV QW QX R RB RC RE RG RK RL RM RN RP RR RS RU RV RW RX RY S SA SC SE SG SH SK SL SN SP SR SS ST SU SV
    SW SX SY SZ TA TC TD TE TF TG TH TJ TK TL TN TQ TR TT TU TV TW TX TY TZ U UA UB UC UD UE UF UG UH UN UQ V VB VC VE
    VH VL VM VN VP VQ VR VS VU VW WA WC WE WG WH WL WP WQ WR WT WW WX Z ZA ZD`,
  L: "- A B C D E F G H J T",
  M: "- L T",
  N: "- A B C D E K X",
  P: "- A B C D E F G H J K L M N Q R S T Z",
  Q: "- A B C D E H K L M P R",
  R: "- A B C D E F G J K L M S T V X Z",
  S: "- B D F H K",
  T: "- A C D E F G H J K L N P R S T X",
  U: "- A B C D E F G H",
  V: "- A B C D E F G K M",
  Z: "- A",
};

const lcc: ReadonlySet<string> = new Set(
  Object.entries(lccByFirstLetter).flatMap(([first, seconds]) =>
    seconds.split(/\s+/).map((second) => (second === "-" ? first : `${first}${second}`)),
  ),
);

const nlm: ReadonlySet<string> = new Set(
  "QS QT QU QV QW QX QY QZ W WA WB WC WD WE WF WG WH WI WJ WK WL WM WN WO WP WQ WR WS WT WU WV WW WX WY WZ".split(
    " ",
  ),
);

/** A class of the scheme, in capitals: `QA` yes, `DVD` no, `A` no (only `AC`, `AE` … are classes). */
export function isClass(scheme: "lcc" | "nlm", cls: string): boolean {
  return (scheme === "lcc" ? lcc : nlm).has(cls);
}

/** Where the short classes of one letter end, which are the letters of local marks too (same outline). */
const lastNumbers: Readonly<Record<string, number>> = {
  C: 51,
  E: 909,
  H: 99,
  J: 999,
  L: 999,
  P: 1091,
  Q: 390,
  R: 920,
  S: 972,
  T: 995,
  U: 900,
  V: 995,
};

/** A number that LCC does not have in the class: `C 343`. */
export function isBeyondClass(cls: string, number: number): boolean {
  return number > (lastNumbers[cls] ?? Number.POSITIVE_INFINITY);
}

/** The longer classes that begin with the letters: `Q` gives QA, QB …; `QA` gives none. */
export function classesBelow(scheme: "lcc" | "nlm", cls: string): string[] {
  return [...(scheme === "lcc" ? lcc : nlm)].filter((known) => known !== cls && known.startsWith(cls));
}
