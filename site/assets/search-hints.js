var bulletin=bulletin||{};bulletin.hints=(()=>{"use strict";const MOST=3;const SHORT=6;const LETTERS=/^[a-z']{2,60}$/;const HAN=/^[\u3400-\u9FFF\u{20000}-\u{3FFFF}]{3,40}$/u;function spelt(typed,lexicon){const letters=typed.replace(/'/g,"");const ranks=[[],[],[],[]];const byPinyin=new Map();for(const[word,pinyin]of lexicon){const full=pinyin.replace(/ /g,"");const initials=pinyin.replace(/(\S)\S* ?/g,"$1");if(!byPinyin.has(full)){byPinyin.set(full,word);}
if(full===letters){ranks[0].push(word);}else if(initials===letters&&letters.length>1){ranks[2].push(word);}else if(letters.length>3&&full.startsWith(letters)){ranks[3].push(word);}}
const several=joined(letters,byPinyin);if(several!==""){ranks[1].push(several);}
return distinct(ranks[0].concat(ranks[1],ranks[2],ranks[3]));}
function joined(letters,byPinyin){const upTo=[[]];for(let end=2;end<=letters.length;end+=1){for(let start=0;start<end-1;start+=1){const word=upTo[start]&&byPinyin.get(letters.slice(start,end));if(word&&(!upTo[end]||upTo[end].length>upTo[start].length+1)){upTo[end]=upTo[start].concat(word);}}}
return(upTo[letters.length]||[]).join(" ");}
function mended(phrase,lexicon,stands){const written=Array.from(phrase);const sounds=new Map();const found=[];for(const[word,pinyin]of lexicon){const characters=Array.from(word);const syllables=pinyin.split(" ");if(syllables.length===characters.length){characters.forEach((character,at)=>{sounds.set(character,syllables[at]);});}}
for(const[word,,documents]of lexicon){const characters=Array.from(word);for(let start=0;characters.length>2&&start+characters.length<=written.length;start+=1){const wrong=characters.findIndex(differs);if(wrong!==-1&&!characters.slice(wrong+1).some(differsAfter)&&doubtful(start+wrong)){const text=written.slice(0,start).concat(characters,written.slice(start+characters.length)).join("");const sound=sounds.get(written[start+wrong]);const alike=sound!==undefined&&sound===sounds.get(characters[wrong])?1e9:0;found.push({text:text,worth:alike+characters.length*1e7+documents});}
function differs(character,at){return character!==written[start+at];}
function differsAfter(character,at){return differs(character,wrong+1+at);}}}
found.sort((a,b)=>b.worth-a.worth);return distinct(found.map((each)=>each.text));function doubtful(at){return written.length<=SHORT||lost(written,at,stands);}}
function lost(written,at,stands){return((at===0||!stands(written[at-1]+written[at]))&&(at===written.length-1||!stands(written[at]+written[at+1])));}
function doubted(phrase,stands){const written=Array.from(phrase);return(LETTERS.test(phrase)||(HAN.test(phrase)&&(written.length<=SHORT||written.some((_,at)=>lost(written,at,stands)))));}
function guesses(phrases,missing,lexicon,stands){const all=phrases.join("");const whole=LETTERS.test(all)?spelt(all,lexicon):[];if(whole.length>0){return whole.slice(0,MOST);}
const readings=phrases.map((phrase)=>{if(!missing.includes(phrase)){return[];}
return LETTERS.test(phrase)?spelt(phrase,lexicon):HAN.test(phrase)?mended(phrase,lexicon,stands):[];});const made=[];for(let number=0;number<MOST;number+=1){made.push(phrases.map((phrase,at)=>readings[at][number]||readings[at][0]||phrase).join(" "));}
return distinct(made).filter((query)=>query!==phrases.join(" "));}
function distinct(texts){return Array.from(new Set(texts));}
return{doubted:doubted,guesses:guesses};})();
