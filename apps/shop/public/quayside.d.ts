export * from '@quayside/browser'
