/** Whether a downloaded file is a model, and one that can be loaded without running a program that came with it. */
package comfybucket.models.safety;
