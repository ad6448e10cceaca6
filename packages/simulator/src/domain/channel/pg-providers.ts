/** PGs per operation, as the provider's description declares them. */
const supportedProviders = {
  'escrow read': 'html5_inicis kcp daou ksnet smartro_v2 nice_v2 welcome',
  'escrow register': 'html5_inicis kcp daou ksnet smartro_v2 nice_v2 welcome',
  'escrow change': 'html5_inicis kcp daou ksnet smartro_v2 welcome',
  'otp request': 'danal kcp_v2',
  'partner receipts': 'html5_inicis',
  'receipt issue':
    'html5_inicis kcp nice kicc settle daou tosspayments ksnet smartro smartro_v2 nice_v2 welcome',
  'receipt revoke':
    'html5_inicis kcp settle nice daou tosspayments nice_v2 ksnet smartro_v2 welcome',
  'external receipt issue':
    'html5_inicis kcp settle nice kicc tosspayments nice_v2 ksnet smartro smartro_v2 welcome',
  'external receipt revoke':
    'html5_inicis kcp settle nice tosspayments nice_v2 ksnet smartro_v2 welcome',
} as const

/** Whether a PG supports an operation. */
export function isSupported(
  pgProvider: string,
  operation: keyof typeof supportedProviders,
): boolean {
  return supportedProviders[operation].split(' ').includes(pgProvider)
}
