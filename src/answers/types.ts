/** What readers may be told: an answer in one text for those who show no more, and its parts for those who do. */
export interface Answer<Item> {
  readonly found: boolean;
  /** Whole sentences, ready to show. */
  readonly text: string;
  readonly items: readonly Item[];
}

export interface DepartmentItem {
  readonly id: string;
  readonly name: string;
  readonly group?: string;
}

export interface LiaisonItem {
  readonly department: string;
  readonly departmentName: string;
  readonly name: string;
  readonly email: string;
  readonly phone?: string;
  readonly office?: string;
  readonly url?: string;
}

export interface TitleItem {
  readonly title: string;
  readonly author?: string;
  readonly year?: number;
  /** BCP 47 or MARC code of the title's language. */
  readonly language?: string;
  readonly materialType: string;
  /** In the catalogue. */
  readonly url?: string;
}

export interface NewTitleItem extends TitleItem {
  readonly department: string;
  readonly callNumber?: string;
  /** `2026-10-31` */
  readonly arrivedOn: string;
}

export interface HoldingItem extends TitleItem {
  readonly copies: number;
  /** In, and for loan, as of the last pull. */
  readonly available: number;
  readonly places: readonly {
    readonly library?: string;
    readonly callNumber?: string;
    readonly copies: number;
    readonly available: number;
  }[];
  /** Of the electronic form. */
  readonly onlineUrl?: string;
}

/** `language`: BCP 47 of the text; absent, or one that is not spoken: the library's. */
export interface Answers {
  departments(asked: { q?: string; language?: string }): Promise<Answer<DepartmentItem>>;
  /** `department`: an id, a name, a subject or a call number; absent: all. */
  liaisons(asked: { department?: string; language?: string }): Promise<Answer<LiaisonItem>>;
  /** Arrived within the last 31 days, the newest first. `limit`: 1 to 50. */
  newTitles(asked: { department?: string; limit?: number; language?: string }): Promise<Answer<NewTitleItem>>;
  /** By ISBN or ISSN, else by words of title, author and year. */
  holdings(asked: {
    q?: string;
    isbn?: string;
    issn?: string;
    limit?: number;
    language?: string;
  }): Promise<Answer<HoldingItem>>;
}
