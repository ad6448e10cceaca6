// A buyer who returns to an address with a final slash is answered at once.
export default { skipTrailingSlashRedirect: true }
