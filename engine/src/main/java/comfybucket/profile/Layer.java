package comfybucket.profile;

import java.util.Map;
import java.util.Optional;

/** One layer of settings: what it says about a field, if it says anything. */
interface Layer {
    Layer EMPTY = new Layer() {
        @Override
        public <T> Optional<T> get(Field<T> field) {
            return Optional.empty();
        }
    };

    /**
     * What this layer says.
     *
     * @throws comfybucket.error.CloudException when that cannot be used
     */
    <T> Optional<T> get(Field<T> field);

    default boolean says(Field<?>... any) {
        for (Field<?> field : any) {
            if (get(field).isPresent()) {
                return true;
            }
        }
        return false;
    }

    /** A layer of values that have been read; each belongs to its field. */
    static Layer of(Map<Field<?>, ?> values) {
        return new Layer() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> Optional<T> get(Field<T> field) {
                return Optional.ofNullable((T) values.get(field));
            }
        };
    }
}
