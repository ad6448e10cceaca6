/** The languages of the simulator's pages. */
export type Language = 'ko' | 'en'
