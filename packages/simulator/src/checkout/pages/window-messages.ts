/** The languages of the payment window. */
export type Language = 'ko' | 'en'

const korean = {
  title: '결제하기',
  close: '닫기',
  order: '주문 정보',
  orderNumber: '주문번호',
  merchant: '가맹점',
  amount: '결제금액',
  discount: '카드 프로모션 할인',
  card: '카드사',
  quota: '할부',
  lumpSum: '일시불',
  months: (count: number) => `${count}개월`,
  bank: '입금 은행',
  vbankNote: '계좌가 발급되면 기한 안에 입금해 주세요.',
  otherNote: '아래 버튼을 누르면 결제가 진행됩니다.',
  pay: '결제하기',
  issue: '가상계좌 발급',
  cancel: '취소',
  simulator: '시뮬레이터',
  simulatorNote: '실제 돈은 움직이지 않습니다. 여기서 다음에 일어날 일을 고르세요.',
  refusal: '거절 사유',
  decline: '거절하기',
  drop: '승인 후 연결 끊기',
  dropNote: 'PG는 승인하지만 브라우저는 결과를 받지 못합니다.',
  webhook: '웹훅',
  timing: '보내는 때',
  timings: {
    before: '브라우저보다 먼저',
    with: '브라우저와 함께',
    after: '브라우저보다 나중에',
    never: '보내지 않음',
  },
  delay: '지연 (ms)',
  times: '횟수',
  type: '형식',
  done: {
    approved: '결제가 승인되었습니다.',
    issued: '가상계좌가 발급되었습니다.',
    processed: '요청이 처리되었습니다.',
    declined: '결제가 완료되지 않았습니다.',
    closed: '결제창이 닫혔습니다.',
    dropped: '연결이 끊겼습니다.',
    finished: '이미 처리된 결제입니다.',
    unknown: '결제 정보를 찾을 수 없습니다.',
  },
  droppedNote: 'PG에서는 처리가 끝났습니다. 이 브라우저만 결과를 모릅니다.',
  leaveNote: '이 창을 닫아 주세요.',
  wishlist: '네이버페이에 찜한 상품',
}

const english: typeof korean = {
  title: 'Payment',
  close: 'Close',
  order: 'Your order',
  orderNumber: 'Order number',
  merchant: 'Merchant',
  amount: 'Amount',
  discount: 'Card promotion',
  card: 'Card company',
  quota: 'Instalments',
  lumpSum: 'Pay in full',
  months: (count: number) => `${count} months`,
  bank: 'Bank',
  vbankNote: 'Once the account is issued, pay into it before the deadline.',
  otherNote: 'Press the button below to go on.',
  pay: 'Pay',
  issue: 'Issue virtual account',
  cancel: 'Cancel',
  simulator: 'Simulator',
  simulatorNote: 'No real money moves. Choose here what happens next.',
  refusal: 'Reason',
  decline: 'Decline',
  drop: 'Approve, then drop the connection',
  dropNote: 'The PG approves, but the browser never gets the result.',
  webhook: 'Webhook',
  timing: 'Leaves',
  timings: {
    before: 'before browser',
    with: 'with browser',
    after: 'after browser',
    never: 'never',
  },
  delay: 'Delay (ms)',
  times: 'Times',
  type: 'Format',
  done: {
    approved: 'The payment was approved.',
    issued: 'The virtual account was issued.',
    processed: 'The request was carried out.',
    declined: 'The payment was not completed.',
    closed: 'The payment window was closed.',
    dropped: 'The connection was lost.',
    finished: 'This payment has already been handled.',
    unknown: 'There is no such payment.',
  },
  droppedNote: 'The PG has finished its part. Only this browser does not know the result.',
  leaveNote: 'You can close this window.',
  wishlist: 'Your Naver Pay wish list',
}

/** Everything the window says. */
export type WindowMessages = typeof korean

/** How a window ended, as its last page says it. */
export type Ending = keyof WindowMessages['done']

/** The window's words in each language. */
export const windowMessages: Readonly<Record<Language, WindowMessages>> = {
  ko: korean,
  en: english,
}

/** Picks the shop's language if it asked for one, else the buyer's; Korean when neither says anything. */
export function toLanguage(requested: unknown, acceptLanguage: string | undefined): Language {
  const first =
    typeof requested === 'string' && requested !== '' ? requested : (acceptLanguage ?? 'ko')
  return first.trim().toLowerCase().startsWith('ko') ? 'ko' : 'en'
}

const pgNames: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  html5_inicis: { ko: 'KG이니시스', en: 'KG Inicis' },
  inicis: { ko: 'KG이니시스', en: 'KG Inicis' },
  kcp: { ko: 'NHN KCP', en: 'NHN KCP' },
  nice: { ko: '나이스페이', en: 'NICEPAY' },
  nice_v2: { ko: '나이스페이', en: 'NICEPAY' },
  tosspayments: { ko: '토스페이먼츠', en: 'Toss Payments' },
  uplus: { ko: '토스페이먼츠', en: 'Toss Payments' },
  kakaopay: { ko: '카카오페이', en: 'Kakao Pay' },
  naverpay: { ko: '네이버페이', en: 'Naver Pay' },
  naverco: { ko: '네이버페이', en: 'Naver Pay' },
  paypal_v2: { ko: '페이팔', en: 'PayPal' },
  paymentwall: { ko: '페이먼트월', en: 'Paymentwall' },
  toss_brandpay: { ko: '토스 브랜드페이', en: 'Toss BrandPay' },
  inicis_unified: { ko: 'KG이니시스', en: 'KG Inicis' },
  kcp_v2: { ko: 'NHN KCP', en: 'NHN KCP' },
  danal: { ko: '다날', en: 'Danal' },
  danal_tpay: { ko: '다날', en: 'Danal' },
  settle: { ko: '헥토파이낸셜', en: 'Hecto Financial' },
  smartro_v2: { ko: '스마트로', en: 'Smartro' },
  welcome: { ko: '웰컴페이먼츠', en: 'Welcome Payments' },
}

/** Shows a PG by its own name; a code without a name shows as it is. */
export function toPgName(pgProvider: string, language: Language): string {
  return pgNames[pgProvider]?.[language] ?? pgProvider
}

/** Shows an amount with its currency, as people of that language read it. */
export function toAmountText(amount: number, currency: string, language: Language): string {
  // Intl throws on anything that is not three letters.
  if (!/^[A-Za-z]{3}$/.test(currency)) return `${amount} ${currency}`
  if (currency === 'KRW' && language === 'ko')
    return `${new Intl.NumberFormat('ko').format(amount)}원`
  return new Intl.NumberFormat(language, { style: 'currency', currency }).format(amount)
}
