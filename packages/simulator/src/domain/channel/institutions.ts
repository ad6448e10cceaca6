/** A bank or card company under its KFTC code. */
export interface Institution {
  readonly code: string
  readonly name: string
}

/** Banks and securities companies, by code. */
export const banks: readonly Institution[] = parseTable(`
002 KDB산업은행
003 IBK기업은행
004 KB국민은행
005 외환은행
007 수협은행
011 NH농협은행
012 지역농축협
020 우리은행
023 SC제일은행
027 한국씨티은행
031 iM뱅크(대구은행)
032 부산은행
034 광주은행
035 제주은행
037 전북은행
039 경남은행
045 새마을금고
048 신협
071 우체국
081 하나은행
088 신한은행
089 케이뱅크
090 카카오뱅크
092 토스뱅크
209 유안타증권
218 KB증권
230 미래에셋증권
238 대우증권
240 삼성증권
243 한국투자증권
247 우리투자증권
261 교보증권
262 하이투자증권
263 HMC투자증권
264 키움증권
265 이베스트투자증권
266 SK증권
267 대신증권
268 솔로몬투자증권
269 한화투자증권
270 하나증권
278 신한투자증권
279 DB금융투자
280 유진투자증권
287 메리츠증권
289 NH투자증권
290 부국증권`)

/** Card companies, by code. */
export const cardCompanies: readonly Institution[] = parseTable(`
002 KDB산업은행
041 우리카드
045 MG새마을금고
048 신협
071 우체국
089 케이뱅크
090 카카오뱅크
361 BC카드
364 광주카드
365 삼성카드
366 신한카드
367 현대카드
368 롯데카드
369 수협카드
370 씨티카드
371 NH카드
372 전북카드
373 제주카드
374 하나SK카드
381 KB국민카드
10001 해외은련
10002 해외다이너스
10003 해외아멕스
10004 해외마스터
10005 해외비자
10006 해외JCB`)

function parseTable(lines: string): Institution[] {
  return lines
    .trim()
    .split('\n')
    .map((line) => {
      const [code = '', ...name] = line.split(' ')
      return { code, name: name.join(' ') }
    })
}
