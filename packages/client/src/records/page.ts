/** One page of a list, with the numbers of the pages before and after it. */
export interface Page<Item> {
  /** The number of items on all pages, at the time of the call. */
  readonly total: number
  /** The number of the page before; 0 without one. */
  readonly previous: number
  /** The number of the page after; 0 without one. */
  readonly next: number
  /** The items of this page, in the order of the provider. */
  readonly list: readonly Item[]
}
