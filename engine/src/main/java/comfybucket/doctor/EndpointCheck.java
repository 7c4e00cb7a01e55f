package comfybucket.doctor;

import java.net.URI;
import java.util.Optional;

/** Plain http lets everybody on the way read along. That it is refused unless allowed is the settings' own rule. */
final class EndpointCheck implements Check {
    @Override
    public String name() {
        return "endpoint";
    }

    @Override
    public Finding look(Patient patient) {
        Optional<URI> endpoint = patient.profile().address().endpoint();
        boolean readable =
                endpoint.filter(uri -> uri.getScheme().equals("http")).isPresent()
                        && patient.profile().address().allowHttp();
        String name = patient.profile().endpointName();
        return readable
                ? Finding.warning(
                        this,
                        name
                                + " is plain http: others on the way can read what is sent. Set endpoint_url to https://… if"
                                + " the store has it, and remove allow_http.")
                : Finding.good(
                        this, name + ", region " + patient.profile().address().region());
    }
}
