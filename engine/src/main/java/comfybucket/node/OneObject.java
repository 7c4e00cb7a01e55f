package comfybucket.node;

import comfybucket.profile.ProfileRef;

/** The inputs of nodes that bring one object and leave nothing else to choose. */
record OneObject(String key, ProfileRef profile) {
    OneObject {
        key = Given.or(key, "");
        profile = Given.or(profile, ProfileRef.DEFAULT);
    }
}
