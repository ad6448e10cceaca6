/** How many letters have to be added, removed or replaced to make one word of the other. Words are cut at 40 letters. */
export function distance(one: string, other: string): number {
  const [a, b] = [one.slice(0, 40), other.slice(0, 40)]
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const replaced = (row[j] ?? 0) + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1))
    }
    row = next
  }
  return row.at(-1) ?? 0
}
