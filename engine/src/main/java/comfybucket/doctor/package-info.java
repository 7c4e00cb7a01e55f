/** Looks at one profile from end to end and says what to change; one file a check. */
package comfybucket.doctor;
