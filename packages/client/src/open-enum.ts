/** The documented words of a field, and any other: the provider adds words without notice. */
export type OpenEnum<Documented extends string> = Documented | (string & {})
