/** What the name of an account looks like in the settings. */
export const accountGrammar = /^[a-z][a-z0-9-]{0,15}$/

/** What the provider gives a sub-merchant as its code. */
export const tierGrammar = /^[A-Z0-9]{3}$/
