//! Customers as a whole, and Co-op Partnerships, which finds the houses.

use crate::domain::okr::{Counts, State, Verdict};

use super::table::When::{First, Fourth, Second, Third};
use super::table::{ObjectiveRow, at_least, at_most, graded, milestones, objective, reach, reach_unknown};

pub(super) const OBJECTIVES: &[ObjectiveRow] = &[
    objective(First, "We learn why co-ops say no")
        .why("Eleven offers out, three signed, eight silences. Silence teaches nothing, so we went and asked.")
        .of("henrik", &["coops"])
        .under("ask")
        .known_by(&[
            reach("Lost offers with an honest reason", "%", 10.0, 90.0).by("vincent").said(&[
                (10.0, 6, ""),
                (35.0, 7, "They pick up the phone if you say first that you will not sell."),
                (70.0, 8, ""),
                (92.0, 9, "It is not the price. It is “will they still be here in ten years?”"),
            ]),
            reach("Days from first talk to an offer", "days", 52.0, 21.0).by("marta").said(&[
                (52.0, 6, ""),
                (45.0, 6, ""),
                (34.0, 7, "Survey on the first visit, offer within two weeks."),
                (29.0, 7, ""),
            ]),
            at_least("Offers that at least three residents read", "%", 80.0).by("zeynep").said(&[
                (20.0, 5, ""),
                (55.0, 7, "Two pages instead of forty."),
                (84.0, 9, ""),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "Nobody lost us to price. Boards fear being left alone with a machine. The ten-year promise with a guarantor is now \
             on page one, and the machine on page two.",
        ),
    objective(Second, "Every evening in a boiler room is worth it")
        .why("People believe what they have touched. So we invite them into a warm cellar.")
        .of("zeynep", &["coops", "care"])
        .under("ask")
        .known_by(&[
            reach("Guests on boiler-room evenings", "guests", 0.0, 240.0).by("ola").said(&[
                (0.0, 7, ""),
                (38.0, 7, "Thirty-eight people, one cellar, no chairs, great evening."),
                (120.0, 8, ""),
                (214.0, 8, "A football final cost us one evening."),
            ]),
            reach("Guests’ houses that ask for a survey", "houses", 0.0, 12.0).said(&[
                (0.0, 6, ""),
                (4.0, 7, ""),
                (9.0, 8, "Five from one evening at Kepler Street."),
                (13.0, 9, "Thirteen. We need more surveyors, not more guests."),
            ]),
            reach("Residents who host one themselves", "hosts", 0.0, 10.0).by("vincent").said(&[
                (0.0, 5, ""),
                (2.0, 5, ""),
                (6.0, 7, "Mrs Halvorsen brought a cake in the shape of a Wren."),
            ]),
        ])
        .learned(
            Verdict::Keep,
            "The person who lives there sells, we only carry chairs. Evenings hosted by a resident led to three times as many \
             surveys as ours.",
        ),
    objective(Second, "The city knows that we exist")
        .why("Three co-ops told us that they would have asked us first, had they known that there was somebody to ask.")
        .of("lucia", &["customers"])
        .under("ask")
        .known_by(&[
            reach("Co-op boards who name us unprompted", "%", 6.0, 30.0).said(&[
                (6.0, 6, ""),
                (9.0, 6, ""),
                (14.0, 5, "Adverts on trams: lovely to see, and nobody remembers whose they were."),
            ]),
            reach("Calls that begin with “I read about you”", "calls", 3.0, 40.0).by("marta").said(&[
                (3.0, 6, ""),
                (11.0, 6, "The tenants’ magazine brought eight in one day."),
                (19.0, 6, ""),
            ]),
            reach("Money spent on adverts for each call", "EUR", 410.0, 90.0).by("ola").said(&[
                (410.0, 5, ""),
                (380.0, 4, ""),
                (260.0, 5, "We stopped the trams in week nine, and nothing else changed."),
            ]),
        ])
        .learned(
            Verdict::Drop,
            "Adverts told people that somebody exists, not that somebody cares. What worked cost nothing and was written by \
             residents. We drop this one, and follow the residents.",
        ),
    objective(Third, "Whole quarters turn warm, not single houses")
        .key("quarters")
        .why("One house is a project. Five in a street are a habit, and cost a third less to look after.")
        .of("dario", &["customers", "coops"])
        .under("ask")
        .counts(Counts::Aligned)
        .supports(&["warm"])
        .known_by(&[
            reach("Streets with three or more of our houses", "streets", 2.0, 8.0)
                .key("streets")
                .by("lucia")
                .driven(),
            reach("Homes under contract, not yet converted", "homes", 620.0, 1_500.0).by("henrik").of("coops").said(&[
                (620.0, 7, ""),
                (710.0, 7, ""),
                (840.0, 7, "Two co-ops moved their vote to next month."),
                (1_340.0, 9, "Linden Court: 420 homes in one signature."),
            ]),
        ]),
    objective(Third, "Our story is told by the people in it")
        .key("story")
        .why("After the trams: no adverts at all this quarter. Only residents, in their own words.")
        .of("lucia", &["coops", "customers"])
        .under("ask")
        .aspirational()
        .supports(&["neighbours"])
        .known_by(&[
            reach("Residents’ stories that others passed on", "stories", 0.0, 12.0).said(&[
                (0.0, 6, ""),
                (1.0, 5, "People are shy in front of a camera. So is our camera."),
                (3.0, 6, "Mrs Halvorsen did it alone, with her grandson’s phone. 40,000 views."),
                (4.0, 5, "Everybody wants the next video. It cannot be ordered."),
            ]),
            reach("Boards who name us unprompted", "%", 14.0, 35.0).by("marta").said(&[
                (14.0, 5, ""),
                (15.0, 5, ""),
                (19.0, 6, "First rise since we count, a fortnight after the video."),
            ]),
            reach("Visitors who come back to our pages", "%", 11.0, 30.0).by("ola").said(&[
                (11.0, 6, ""),
                (12.0, 6, ""),
                (17.0, 6, ""),
            ]),
            graded(
                "A newspaper that calls us first",
                "The quarter’s paper",
                "The city’s paper",
                "A paper that we read ourselves",
            )
            .by("vincent")
            .said(&[(0.0, 4, ""), (1.0, 6, "“The cellar that hums no more”, page three, with a photo of Karim.")]),
        ]),
    objective(Third, "Neighbours hear it from neighbours")
        .key("neighbours")
        .why("A resident at her own kitchen table is the best salesperson we never hired.")
        .of("zeynep", &["coops"])
        .under("quarters")
        .weighs(2)
        .known_by(&[
            reach("Signed co-ops that a resident brought us", "co-ops", 0.0, 4.0).weighs(2).said(&[
                (0.0, 6, ""),
                (1.0, 6, "Mill Lane, after tea with the caretaker’s sister."),
                (2.0, 7, ""),
                (4.0, 9, "Linden Court signed! It began with a video that we did not make."),
                (5.0, 10, "And their sister co-op across the canal. Five. I need to sit down."),
            ]),
            reach("Evenings hosted by residents", "evenings", 0.0, 12.0).by("ola").said(&[
                (0.0, 7, ""),
                (3.0, 7, ""),
                (6.0, 8, "Hosts lend each other the folding chairs now."),
                (8.0, 8, ""),
            ]),
            reach("Guests who say they will tell others", "%", 40.0, 70.0).by("vincent").said(&[
                (40.0, 6, ""),
                (46.0, 6, ""),
                (57.0, 7, "A jar of warm-cellar honey to take home. It is silly and it works."),
                (61.0, 8, ""),
            ]),
            reach_unknown("What one shared story is worth", "EUR", 0.0).by("lucia"),
        ]),
    objective(Third, "A board can say yes in one evening")
        .key("one-evening")
        .why("Boards are volunteers. If our contract takes three evenings, the answer is next year.")
        .of("henrik", &["coops", "finance"])
        .under("quarters")
        .known_by(&[
            reach("Evenings from an offer to a vote", "evenings", 3.4, 1.2).said(&[
                (3.4, 6, ""),
                (3.1, 6, "The guarantor’s letter answers the first evening."),
                (2.5, 7, ""),
                (2.1, 7, "A one-page contract with the small print as an annex: lawyers unhappy, boards happy."),
            ]),
            reach("Offers with a fixed price for ten years", "%", 0.0, 100.0).by("marta").said(&[
                (0.0, 6, ""),
                (20.0, 6, ""),
                (45.0, 6, "Farid hedges the electricity; the rest is ours to carry."),
                (65.0, 3, "Sixty-five is all that we can hedge. It looks fine on the line, and the rest will not come this quarter."),
            ]),
            graded(
                "A guarantee that outlives us",
                "A bank writes a letter of intent",
                "A guarantor for three houses",
                "A guarantor for every house",
            )
            .by("vincent")
            .said(&[
                (0.0, 5, ""),
                (1.0, 6, "The co-operative bank likes us. It likes everything slowly."),
                (1.0, 7, ""),
                (2.0, 8, "Signed for three houses. Vincent wore a tie."),
            ]),
        ]),
    objective(Third, "Birch Row becomes the first warm street")
        .key("birch-row")
        .why("Nine houses, three co-ops, one street: the place to show what we mean.")
        .of("ola", &["coops", "install"])
        .under("streets")
        .known_by(&[
            reach("Houses of Birch Row signed", "houses", 2.0, 9.0).said(&[
                (2.0, 6, ""),
                (4.0, 7, "Numbers 5 and 7, on the same evening, to be neighbourly."),
                (5.0, 7, ""),
                (6.0, 7, "Number 11 wants to wait for number 9, and 9 for 11."),
            ]),
            reach("Residents of the street who know us by name", "%", 15.0, 60.0).by("marta").said(&[
                (15.0, 6, ""),
                (28.0, 7, ""),
                (44.0, 8, "The stall at the street fair: 140 conversations, nine burnt sausages."),
            ]),
            milestones("One trench for the whole street", &[
                ("Drawn with the city", 1),
                ("Agreed by three co-ops", 2),
                ("Dug", 1),
            ])
            .by("zeynep")
            .said(&[(0.0, 5, ""), (1.0, 6, ""), (1.0, 6, "Two of three have agreed. The third wants flowers on it. Fine.")]),
        ]),
    objective(Third, "Our own house is warm without gas, too")
        .key("own-house")
        .why("Visitors notice the boiler in our own cellar before they notice the coffee.")
        .of("lucia", &["customers"])
        .known_by(&[
            milestones("The office without gas", &[
                ("Landlord agrees", 2),
                ("Unit on the wall", 1),
                ("Boiler in the museum", 1),
            ])
            .said(&[
                (0.0, 5, "Our landlord is a housing co-op. Of course it is."),
                (1.0, 7, "Agreed, at the price of a boiler-room evening in their honour."),
            ]),
            at_most("Gas used in the office", "kWh", 0.0).by("marta"),
        ]),
    objective(Fourth, "Linden Court goes warm without a bad day")
        .why("420 homes in one winter: the largest house we have ever done, and everybody is watching.")
        .of("dario", &["customers", "delivery"])
        .under("warm")
        .state(State::Proposed)
        .supports(&["quarters"])
        .known_by(&[
            reach("Homes of Linden Court that are warm", "homes", 0.0, 300.0).by("rosa").of("install"),
            at_most("Days on which somebody there was cold", "days", 3.0).by("beatriz").of("care"),
            reach("Residents there who would recommend us", "%", 0.0, 60.0).by("zeynep"),
        ]),
    objective(Fourth, "We win co-ops that nobody introduced")
        .why("Half of the co-ops know nobody who knows us. That door has to open as well.")
        .of("henrik", &["coops"])
        .under("ask")
        .state(State::Draft)
        .known_by(&[
            reach("Signed co-ops without an introduction", "co-ops", 0.0, 4.0).by("vincent"),
            reach("Days from first talk to a signature", "days", 118.0, 70.0).by("henrik"),
        ]),
];
