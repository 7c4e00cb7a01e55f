/**
 * Settings: the environment, the profiles file and what a node chooses, in layers; {@link comfybucket.profile.Profile} is
 * what they come to. Secrets live here, in {@link comfybucket.profile.Secret}, and never leave the engine.
 */
package comfybucket.profile;
