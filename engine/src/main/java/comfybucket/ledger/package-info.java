/** What was backed up, and where it is: one file a folder and bucket, which several processes write. */
package comfybucket.ledger;
