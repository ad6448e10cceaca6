import { type Finding, findingsOf } from '../finding.ts'

const found = findingsOf('node')
/** The first version of Node with everything that the program uses, as `engines` in package.json says. */
const required = [22, 19] as const

/** Whether this Node can run the program. */
export function checkNode(version: string): readonly Finding[] {
  const [major = 0, minor = 0] = version.split('.').map(Number)
  const isEnough = major > required[0] || (major === required[0] && minor >= required[1])
  const wanted = required.join('.')
  return isEnough
    ? [found.ok('node_supported', [`Node ${version}`, `Node ${version}`])]
    : [
        found.problem(
          'node_too_old',
          [`Node ${version} is too old`, `Node ${version}은(는) 지원하지 않는 버전입니다`],
          [`install Node ${wanted} or later`, `Node ${wanted} 이상을 설치하세요`],
        ),
      ]
}
