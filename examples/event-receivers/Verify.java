import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Verify {
  /** Whether the payment server sent this body, within the last five minutes. */
  static boolean verify(String id, String timestamp, String signatures, byte[] body, String secret)
      throws Exception {
    if (!timestamp.matches("\\d{1,12}")) return false;
    if (Math.abs(Instant.now().getEpochSecond() - Long.parseLong(timestamp)) > 300) return false;
    byte[] key = Base64.getDecoder().decode(secret.replaceFirst("^whsec_", ""));
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    // While a secret is replaced, an event has a signature of each.
    return Arrays.stream(signatures.split(" "))
        .anyMatch(each -> MessageDigest.isEqual(expected.getBytes(), each.getBytes()));
  }

  public static void main(String[] args) throws Exception {
    byte[] body = System.in.readAllBytes();
    System.exit(verify(args[0], args[1], args[2], body, System.getenv("EVENT_SECRET")) ? 0 : 1);
  }
}
