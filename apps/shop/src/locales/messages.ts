import type { korean } from './korean.ts'

/** Every text of the shop; a language that lacks one does not compile. */
export type Messages = Readonly<Record<keyof typeof korean, string>>
