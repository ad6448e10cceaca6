interface Words {
  readonly en: string
  readonly ko: string
}

const facts: Readonly<Record<string, Words>> = {
  'device=mobile': { en: 'on mobile', ko: '모바일 환경' },
  'device=pc': { en: 'on PC', ko: 'PC 환경' },
  'env=app': { en: 'in an app', ko: '앱 환경' },
  'env=web': { en: 'in a browser', ko: '웹 브라우저 환경' },
  'mode=sandbox': { en: 'in test mode', ko: '테스트 모드' },
  'mode=live': { en: 'in live mode', ko: '실연동' },
  'intent=issue_key': { en: 'to issue a billing key', ko: '빌링키 발급' },
  'intent=pay': { en: 'to pay', ko: '일반 결제' },
  customer_uid: { en: 'to issue a billing key', ko: '빌링키 발급' },
  '!customer_uid': { en: 'without customer_uid', ko: '일반 결제' },
  'escrow=true': { en: 'with escrow', ko: '에스크로 결제' },
}

/** A condition in words; null for a rule that always holds. */
export function toWords(when: string | undefined): Words | null {
  if (when === undefined) return null
  const alternatives = when.split(' || ').map((all) => all.split(' & ').map(toAtomWords))
  const join = (language: keyof Words, and: string, or: string) =>
    alternatives.map((all) => all.map((words) => words[language]).join(and)).join(or)
  return { en: join('en', ' and ', ', or '), ko: join('ko', ', ', ' 또는 ') }
}

function toAtomWords(atom: string): Words {
  const known = facts[atom]
  if (known !== undefined) return known
  if (/^!?(contract:|feature=)/.test(atom)) {
    const name = atom.replace(/^!?(contract:|feature=)/, '').replaceAll('_', ' ')
    return atom.startsWith('!')
      ? { en: `without a contract for ${name}`, ko: `별도 계약이 없는 경우(${name})` }
      : { en: `with ${name}`, ko: `${name} 사용 시` }
  }
  const [, isNegated, name = '', isOther, list] = /^(!?)([^!=]+)(?:(!?)=(.*))?$/.exec(atom) ?? []
  if (list === undefined) {
    return isNegated === '!'
      ? { en: `without ${name}`, ko: `${name} 미사용` }
      : { en: `with ${name}`, ko: `${name} 사용` }
  }
  const values = list.replaceAll('|', ', ')
  return isOther === '!'
    ? { en: `unless ${name} is ${values}`, ko: `${name}: ${values} 제외` }
    : { en: `with ${name} ${values}`, ko: `${name}: ${values}` }
}
