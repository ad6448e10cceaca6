import type { ProviderRecord } from './record.ts'

/** Records in the order of one of their times: a list of ten thousand must not cost a pass over a million. */
export class TimeIndex {
  #records: ProviderRecord[] = []
  readonly #timeOf: (record: ProviderRecord) => number

  constructor(timeOf: (record: ProviderRecord) => number) {
    this.#timeOf = timeOf
  }

  add(record: ProviderRecord): void {
    this.#records.splice(this.#firstAfter(this.#timeOf(record)), 0, record)
  }

  remove(record: ProviderRecord): void {
    this.#records = this.#records.filter((each) => each !== record)
  }

  /** Removes the records from before a time. */
  forget(before: number): readonly ProviderRecord[] {
    return this.#records.splice(0, this.#firstAfter(before - 1))
  }

  between(from: number, to: number): readonly ProviderRecord[] {
    return this.#records.slice(this.#firstAfter(from - 1), this.#firstAfter(to))
  }

  #firstAfter(time: number): number {
    let low = 0
    let high = this.#records.length
    while (low < high) {
      const middle = (low + high) >> 1
      const record = this.#records[middle]
      if (record !== undefined && this.#timeOf(record) <= time) low = middle + 1
      else high = middle
    }
    return low
  }
}
