class PhoneNumbersTest {
    void testNationalNumbers() {
        expect("+49301234567", "030 1234567", "49");
        expect("+12125550123", "(212) 555-0123", "1");
        expect("+35312345678", "01/234.56-78", "353");
        expect("+3961234567", "0 6 1 2 3 4 5 6 7", "39");
    }

    void testInternationalNumbers() {
        expect("+49301234567", "+49 30 1234567", "1");
        expect("+49301234567", "0049 (30) 123-45/67", "1");
        expect("+49301234567", "(00)49.30.1234567", "1");
        expect("+0123456789", "000123456789", "49");
        expect("+4930123456", "+49 (0)30 123456", "49");
        expect("+49301234567", " ( + ) 49301234567", "1");
    }

    void testHowManyDigits() {
        expect("+1234567", "+1234567", "49");
        expect("+4912345", "012345", "49");
        expect("+123456789012345", "00123456789012345", "49");
        expect("+491234567890123", "1234567890123", "49");
        refuse("+123456", "49");
        refuse("01234", "49");
        refuse("+1234567890123456", "49");
        refuse("12345678901234", "49");
        refuse("", "49");
        refuse("+", "49");
        refuse(" -/.()", "49");
    }

    void testOtherCharacters() {
        refuse("030 1234567 ext 9", "49");
        refuse("O30 1234567", "49");
        refuse("030+1234567", "49");
        refuse("++49301234567", "49");
        refuse("0049+301234567", "49");
        refuse("030_1234567", "49");
        refuse("030,1234567", "49");
        refuse("#030 1234567", "49");
    }

    private static void expect(String wanted, String text, String countryCode) {
        String got;
        try {
            got = PhoneNumbers.normalize(text, countryCode);
        } catch (IllegalArgumentException error) {
            throw new AssertionError(text + " is refused", error);
        }
        assert wanted.equals(got) : text + " becomes " + got;
    }

    private static void refuse(String text, String countryCode) {
        String got;
        try {
            got = PhoneNumbers.normalize(text, countryCode);
        } catch (IllegalArgumentException error) {
            return;
        }
        throw new AssertionError(text + " becomes " + got);
    }
}
