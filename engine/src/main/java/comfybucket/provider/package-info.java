/** The stores that users can choose by name, each one a data file with its defaults and its quirks. */
package comfybucket.provider;
