/** The documented members that `parsePayment` does not read, by their documented type. */
export const unreadMembers = {
  text: [
    'apply_num',
    'bank_code',
    'bank_name',
    'buyer_addr',
    'buyer_email',
    'buyer_name',
    'buyer_postcode',
    'buyer_tel',
    'cancel_reason',
    'card_code',
    'card_issuer_code',
    'card_issuer_name',
    'card_name',
    'card_number',
    'card_publisher_code',
    'card_publisher_name',
    'channel',
    'custom_data',
    'customer_uid',
    'emb_pg_provider',
    'name',
    'pg_id',
    'pg_tid',
    'user_agent',
    'vbank_code',
  ],
  number: ['card_quota', 'card_type', 'failed_at'],
  flag: ['cash_receipt_issued', 'escrow'],
  list: ['cancel_history', 'cancel_receipt_urls'],
} as const

/** The members of one type, each with the schema of this type. */
export function toShape<Name extends string, Schema>(
  names: readonly Name[],
  schema: Schema,
): Record<Name, Schema> {
  return Object.fromEntries(names.map((name) => [name, schema])) as Record<Name, Schema>
}
