package dev.kith.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kith.wire.web.Headers;
import dev.kith.wire.web.Method;
import dev.kith.wire.web.Site;
import dev.kith.wire.web.Status;
import dev.kith.wire.web.WebRequest;
import dev.kith.wire.web.WebResponse;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PageTest {
  private static final Pattern REFERENCE =
      Pattern.compile("(?:href|src)=\"(/[^\"]*)\"|from \"\\.(/[^\"]*)\"");

  private final Site site = Page.addTo(Site.empty());

  @Test
  void theRootIsThePage() {
    var response = get("/", Headers.none());
    assertThat(response.status()).isEqualTo(Status.OK);
    assertThat(response.headers().first("content-type")).hasValue("text/html; charset=utf-8");
    assertThat(response.body().text()).startsWith("<!doctype html>");
  }

  @Test
  void everythingThatIsReferredToIsServed() {
    for (var file : new String[] {"/", "/main.js", "/connection.js"}) {
      var references = REFERENCE.matcher(get(file, Headers.none()).body().text());
      while (references.find()) {
        var path = references.group(1) == null ? references.group(2) : references.group(1);
        assertThat(get(path, Headers.none()).status()).as(path).isEqualTo(Status.OK);
      }
    }
  }

  @Test
  void nothingIsTakenFromElsewhere() {
    var policy = get("/", Headers.none()).headers().first("content-security-policy").orElseThrow();
    assertThat(policy).startsWith("default-src 'none'").doesNotContain("unsafe", "http", "*");
  }

  @Test
  void aFileThatHasNotChangedIsNotSentAgain() {
    var tag = get("/style.css", Headers.none()).headers().first("etag").orElseThrow();
    var again = get("/style.css", Headers.of("if-none-match", "\"other\", W/" + tag));
    assertThat(again.status()).isEqualTo(Status.NOT_MODIFIED);
    assertThat(again.body().size()).isZero();
    assertThat(get("/style.css", Headers.of("if-none-match", "\"other\"")).status())
        .isEqualTo(Status.OK);
  }

  private WebResponse get(String path, Headers headers) {
    var remote = InetSocketAddress.createUnresolved("test", 1);
    var place = site.at(path).orElseThrow(() -> new AssertionError(path + " is not served"));
    return ((Site.Place.Answering) place)
        .route()
        .answer(new WebRequest(Method.GET, path, Map.of(), headers, remote));
  }
}
