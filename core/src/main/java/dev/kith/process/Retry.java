package dev.kith.process;

/// A message that its process has laid aside ([Self#postpone]) and is to handle once more.
final class Retry extends Mail {
  private final Mail mail;

  Retry(Mail mail) {
    this.mail = mail;
  }

  boolean isOf(Mail other) {
    return mail == other;
  }

  @Override
  boolean isForRuntime() {
    return true; // it was taken: what could revoke it no longer does
  }

  @Override
  void runFor(LocalProcess<?> receiver) {
    receiver.handleAgain(mail);
  }

  @Override
  Object open() {
    return mail.open();
  }

  @Override
  Object subject(LocalProcess<?> holder) {
    return mail.subject(holder);
  }

  @Override
  void refuse(LocalProcess<?> receiver, ExitReason reason) {
    super.refuse(receiver, reason);
    if (mail instanceof Ask<?> ask && ask.isOwed()) {
      ask.refuse(reason);
    }
  }
}
