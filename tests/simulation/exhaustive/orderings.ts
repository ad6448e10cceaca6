/** All orderings in which `channels` channels of `steps` steps can be interleaved: a list of channel numbers each. */
export function* interleave(channels: number, steps: number): Generator<Uint8Array> {
  const ordering = new Uint8Array(channels * steps)
  for (let at = 0; at < ordering.length; at++) ordering[at] = Math.floor(at / steps)
  do yield ordering
  while (advance(ordering))
}

/** How many orderings there are. */
export function countOrderings(channels: number, steps: number): number {
  let count = 1
  for (let channel = 2; channel <= channels; channel++) count *= choose(channel * steps, steps)
  return count
}

function choose(n: number, k: number): number {
  let value = 1
  for (let at = 1; at <= k; at++) value = (value * (n - k + at)) / at
  return Math.round(value)
}

/** Makes it the next ordering in lexical order; false after the last. */
function advance(ordering: Uint8Array): boolean {
  const of = (at: number): number => ordering[at] ?? 0
  let pivot = ordering.length - 2
  while (pivot >= 0 && of(pivot) >= of(pivot + 1)) pivot--
  if (pivot < 0) return false
  let other = ordering.length - 1
  while (of(other) <= of(pivot)) other--
  swap(ordering, pivot, other)
  ordering.subarray(pivot + 1).reverse()
  return true
}

function swap(ordering: Uint8Array, one: number, other: number): void {
  const kept = ordering[one] ?? 0
  ordering[one] = ordering[other] ?? 0
  ordering[other] = kept
}
