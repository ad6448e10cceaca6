/** The grammar of `imp_uid`, as core has it. */
export const impUidGrammar = /^[A-Za-z0-9_-]{1,64}$/

/** The grammar of `merchant_uid`, as core has it. */
export const merchantUidGrammar = /^[^\p{Cc}\p{Cf}\p{Cs}\p{Co}\p{Zl}\p{Zp}]{1,40}$/u
