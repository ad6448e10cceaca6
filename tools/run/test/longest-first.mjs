// The order of the test files: those that take minutes begin first, so that none of them runs alone at the end.
import { BaseSequencer } from 'vitest/node'

const first = [
  /tests\/simulation\/servers\//,
  /tests\/simulation\/systems\/core/,
  /tests\/mutation\//,
  /tests\/e2e\/race/,
  /tests\/(simulation|e2e)\//,
]

export default class LongestFirst extends BaseSequencer {
  async sort(files) {
    const rank = ({ moduleId }) => {
      const found = first.findIndex((pattern) => pattern.test(moduleId))
      return found < 0 ? first.length : found
    }
    return (await super.sort(files)).toSorted((a, b) => rank(a) - rank(b))
  }
}
