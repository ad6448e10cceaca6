import type { korean } from './korean.ts'

/** Every sentence the shop can say; a language that lacks one does not compile. */
export type Messages = Readonly<Record<keyof typeof korean, string>>
