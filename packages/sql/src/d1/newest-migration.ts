/** The newest file in `migrations/d1`: wrangler applies them in their order, and writes each name into its own table. */
export const newestMigration = '0017_naver_products.sql'
