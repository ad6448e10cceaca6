/** The documented values of a field, or any other text: the provider adds values without notice. */
export type OpenEnum<Documented extends string> = Documented | (string & {})
