import type { CharactersRule } from '../model/rule.ts'

const patterns: Readonly<Record<NonNullable<CharactersRule['only']>, RegExp>> = {
  digits: /^\d*$/,
  letters_digits: /^[A-Za-z0-9]*$/,
  letters_digits_hyphen_underscore: /^[A-Za-z0-9_-]*$/,
  letters: /^[A-Za-z ]*$/,
  katakana: /^[\p{Script=Katakana}ー・\s]*$/u,
  latin_japanese:
    /^[\p{ASCII}\p{Script=Latin}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}ー・、。「」！？\s]*$/u,
  two_words: /\S\s+\S/,
  capitals_digits: /^[A-Z0-9]*$/,
  // What EUC-KR certainly lacks: characters beyond the basic plane, such as emoji.
  euc_kr: /^[^\u{10000}-\u{10ffff}]*$/u,
}

/** Whether a text consists of these characters only. */
export function isOfCharacters(
  text: string,
  characters: NonNullable<CharactersRule['only']>,
): boolean {
  return patterns[characters].test(text)
}
