/** The front door for a terminal: one file a command. */
package comfybucket.cli;
