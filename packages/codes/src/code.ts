/** The documented codes of a table, or any other text: providers add codes without notice. */
export type OpenCode<Documented extends string> = Documented | (string & {})

/** A code and its names. */
export interface Code<Documented extends string> {
  /** The code on the wire, as text: leading zeros count. */
  readonly code: Documented
  /** The name in Korean. */
  readonly ko: string
  /** The name in English. */
  readonly en: string
}

export type CodeRow<Documented extends string> = readonly [code: Documented, ko: string, en: string]

export function toCode<Documented extends string>([
  code,
  ko,
  en,
]: CodeRow<Documented>): Code<Documented> {
  return { code, ko, en }
}
