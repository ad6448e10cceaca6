const repository =
  'https://github.com/portone-io/developers.portone.io/blob/af926bd2cdd7c3c6ee6d2e1f636e9a1f3268df32/src/routes/(root)'
const manual = 'https://github.com/iamport/iamport-manual/blob/master'
const appSdk = 'https://github.com/iamport/iamport-react-native/blob/main/src/utils'

/**
 * The address of what a rule cites.
 *
 * @param source Such as `danal.mdx:101-105`, or several of them; the first counts.
 *
 * @example
 * ```ts
 * import { toSourceAddress } from '@quayside/rules'
 *
 * console.log(toSourceAddress('danal.mdx:101-105').endsWith('/pg/v1/danal.mdx?plain=1#L101-L105')) // true
 * ```
 */
export function toSourceAddress(source: string): string {
  const [first = ''] = source.split('; ')
  const [, path = first, from, to] = /^(.*?):(\d+)(?:-(\d+))?/.exec(first) ?? []
  const lines = from === undefined ? '' : `#L${from}${to === undefined ? '' : `-L${to}`}`
  return `${toFile(path)}?plain=1${lines}`
}

function toFile(path: string): string {
  if (path.startsWith('sdk ')) return `${repository}/sdk/ko/v1-sdk/javascript-sdk/${path.slice(4)}`
  if (path.startsWith('iamport-manual ')) return `${manual}/${path.slice(15)}`
  if (path.startsWith('ValidationForPayment')) return `${appSdk}/${path}`
  if (/^(support|start|extra)\//.test(path)) {
    return `${repository}/opi/ko/${path.replace(/^start\//, 'integration/start/')}`
  }
  return `${repository}/opi/ko/integration/pg/v1/${path}`
}
