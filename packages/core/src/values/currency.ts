/**
 * The codes of ISO 4217 that name money. The readable table is `fixtures/currencies.ts`: after a change of it the test beside
 * this file says what has to stand here.
 *
 * Each group begins with the first letter of its codes, in upper case. Of each code follow the other two letters, and its
 * number of decimals unless it has two: `Bhd3if0md` is BHD with three, BIF with none, BMD with two. It is so short because
 * every program carries it that reads an amount.
 */
export const codes =
  'AedfnllmdngoarsudwgznBambddtgnhd3if0mdndobovrlsdtnwpynzdCaddfhehfhwlf4lp0nyopourcupvezkDjf0kkopzdEgprntburFjdkpGbpelhsipmdnf0tqydHkdnltgufIdrlsnrqd3rrsk0Jmdod3py0Kesgshrmf0pwrw0wd3ydztLakbpkrrdslyd3MaddlgakdmkntopruurvrwkxnxvyrznNadgniookprzdOmr3Pabengkhpkrlnyg0QarRonsdubwf0SarbdcrdgekgdhpleosrdsptnvcypzlThbjsmtnd3oprytdwdzsUahgx0sdsnyi0yuyw4zsVedesnd0uv0WstXadaf0cdcgof0pf0YerZarmwwg'

type Codes<
  Text extends string,
  First extends string = '',
  Found extends string = never,
> = Text extends `${infer A}${infer B}${infer Rest}`
  ? A extends '0' | '3' | '4'
    ? Codes<`${B}${Rest}`, First, Found>
    : A extends Uppercase<A>
      ? Codes<`${B}${Rest}`, A, Found>
      : Codes<Rest, First, Found | `${First}${Uppercase<`${A}${B}`>}`>
  : Found

/** The ISO 4217 code of a currency, such as `KRW`. */
export type Currency = Codes<typeof codes>

/** The number of decimals by code: each amount asks for it several times. */
const decimals: ReadonlyMap<unknown, number> = /* @__PURE__ */ new Map(
  codes
    .split(/(?=[A-Z])/)
    .flatMap((group) =>
      Array.from(
        group.slice(1).matchAll(/(..)(\d?)/g),
        ([, rest, digits]) => [`${group[0]}${rest}`.toUpperCase(), Number(digits || 2)] as const,
      ),
    ),
)

/** Whether a value is the code of a currency. */
export function isCurrency(value: unknown): value is Currency {
  return decimals.has(value)
}

/** The number of decimals of a currency. */
export function digitsOf(currency: Currency): number {
  return decimals.get(currency) ?? 2
}
